// Small helps on every page. Everything works without them.
(function () {
  "use strict";

  // Errors: put the keyboard and the screen reader where they are explained.
  var summary = document.querySelector("[data-error-summary]");
  if (summary) {
    summary.focus();
  }

  // A second press of a button while the page is on its way does nothing.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    window.setTimeout(function () {
      delete form.dataset.sent;
    }, 3000);
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      Array.prototype.forEach.call(document.forms, function (form) {
        delete form.dataset.sent;
      });
    }
  });

  // How much room is left in a long answer.
  Array.prototype.forEach.call(document.querySelectorAll("[data-room-left]"), function (note) {
    var box = document.getElementById(note.dataset.roomLeft);
    var most = Number(note.dataset.most);
    var tell = function () {
      var left = most - Array.from(box.value).length;
      note.hidden = left > most / 4;
      note.textContent =
        left >= 0 ? "You have room for " + left + " more characters." : "This is " + -left + " characters too long.";
    };
    box.addEventListener("input", tell);
    tell();
  });

  Array.prototype.forEach.call(document.querySelectorAll("[data-print]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });
})();
