// Enter in the name of a suggested idea presses the button under that idea.
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    var card = event.key === "Enter" && event.target.matches("input[type=text]") &&
      event.target.closest("[data-card]");
    if (!card) return;
    event.preventDefault();
    card.querySelector("button").click();
  });
}());
