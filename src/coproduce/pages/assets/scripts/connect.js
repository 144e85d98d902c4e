// Dragging slips into ideas. The buttons under each slip do the same without it.
(function () {
  "use strict";
  var form = document.querySelector("[data-move]");
  if (!form) return;
  var held = null;

  function target(event) {
    var over = event.target.closest("[data-idea]");
    if (!over || !held) return null;
    return over.dataset.idea === held.dataset.outOf ? null : over;
  }

  function light(over) {
    document.querySelectorAll("[data-idea]").forEach(function (one) {
      one.classList.toggle("drop-here", one === over);
    });
  }

  document.addEventListener("dragstart", function (event) {
    held = event.target.closest ? event.target.closest("[data-slip]") : null;
    if (held) {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", held.dataset.slip);
    }
  });
  document.addEventListener("dragover", function (event) {
    var over = target(event);
    light(over);
    if (over) event.preventDefault();
  });
  document.addEventListener("dragend", function () { held = null; light(null); });
  document.addEventListener("drop", function (event) {
    var over = target(event);
    if (!over) return;
    event.preventDefault();
    form.elements.statement.value = held.dataset.slip;
    form.elements.seen.value = held.dataset.seen;
    form.elements.idea.value = over.dataset.idea;
    form.elements.out_of.value = held.dataset.outOf;
    form.submit();
  });
}());
