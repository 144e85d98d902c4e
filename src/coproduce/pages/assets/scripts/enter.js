// Several things can be done with one form: Enter in a part of it presses the first button there.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    var part = event.key === "Enter" && event.target.matches("input:not([type]), input[type=text]") &&
      event.target.closest("[data-enter]");
    if (!part) return;
    event.preventDefault();
    part.querySelector("button").click();
  });
}());
