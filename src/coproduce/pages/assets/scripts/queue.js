// Looking at new words by keyboard. Without it, radios and one button do the same.
(function () {
  "use strict";
  var form = document.querySelector("[data-queue]");
  if (!form) return;
  var rows = Array.prototype.slice.call(form.querySelectorAll("[data-row]"));
  var here = -1;

  function go(to) {
    if (!rows.length) return;
    here = Math.max(0, Math.min(rows.length - 1, to));
    var first = rows[here].querySelector("input[type=radio]:checked") ||
      rows[here].querySelector("input[type=radio]");
    first.focus({ preventScroll: true });
    rows[here].scrollIntoView({ block: "nearest" });
  }

  form.addEventListener("focusin", function (event) {
    var row = event.target.closest("[data-row]");
    if (row) here = rows.indexOf(row);
    rows.forEach(function (one) { one.classList.toggle("queue__row--here", one === row); });
  });

  function hideSelected() {
    var chosen = window.getSelection();
    var text = String(chosen).trim();
    if (!text || !chosen.anchorNode) return;
    var row = (chosen.anchorNode.parentElement || form).closest("[data-row]");
    if (!row) return;
    var field = row.querySelector("[data-hide]");
    field.closest("details").open = true;
    field.value = (field.value ? field.value.replace(/\n?$/, "\n") : "") + text;
  }

  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    var key = event.key.toLowerCase();
    if (key === "j") go(here + 1);
    else if (key === "k") go(here - 1);
    else if (key === "h") hideSelected();
    else if (key === "d") form.requestSubmit ? form.requestSubmit() : form.submit();
    else if (/^[0-4]$/.test(key)) {
      if (here < 0) go(0);
      var row = rows[here];
      if (key === "0") {
        row.querySelectorAll("input[type=radio]").forEach(function (one) { one.checked = false; });
      } else {
        var radio = row.querySelector('[data-key="' + key + '"]');
        radio.checked = true;
        radio.focus({ preventScroll: true });
        if (key === "3") {
          row.querySelector("details").open = true;
          row.querySelector("select").focus();
        } else if (key !== "4") go(here + 1);
      }
    } else return;
    event.preventDefault();
  });
}());
