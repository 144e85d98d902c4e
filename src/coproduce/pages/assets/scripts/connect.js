// Dragging slips into ideas. The buttons under each slip do the same without it.
// The name of a new idea stays in this tab when a link is followed; with a button it is sent.
(function () {
  "use strict";
  var form = document.querySelector("[data-move]");
  if (!form) return;

  var name = form.elements.name;
  var key = "new idea " + form.elements.question.value;
  try {
    var store = window.sessionStorage;
    var typed = store.getItem(key);
    if (typed !== null) name.value = typed; // typed since it was last sent
    name.addEventListener("input", function () { store.setItem(key, name.value); });
    form.addEventListener("submit", function () { store.removeItem(key); });
  } catch (refused) { /* then it stays as long as the page */ }

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
    var button = document.createElement("button");
    button.hidden = true;
    button.setAttribute("formaction", form.dataset.move + "?" + new URLSearchParams({
      statement: held.dataset.slip, seen: held.dataset.seen,
      idea: over.dataset.idea, out_of: held.dataset.outOf,
    }));
    form.append(button);
    button.click();
    button.remove();
  });
}());
