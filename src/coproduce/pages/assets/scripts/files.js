// While a file is being made, the page looks again by itself every three seconds.
(function () {
  "use strict";

  var shown = document.querySelector("[data-files]");
  if (!shown || !window.fetch || !window.DOMParser) {
    return;
  }
  var look = window.setInterval(function () {
    if (!shown.querySelector("progress, a[href='']")) {
      window.clearInterval(look);
      return;
    }
    if (document.hidden) {
      return;
    }
    fetch(window.location.href, { credentials: "same-origin" })
      .then(function (answer) {
        return answer.ok ? answer.text() : "";
      })
      .then(function (page) {
        var now = new DOMParser().parseFromString(page, "text/html").querySelector("[data-files]");
        // Nothing is taken from under somebody's fingers: only what changed is put in its place.
        Array.prototype.forEach.call(now ? now.querySelectorAll("[data-file]") : [], function (one) {
          var before = shown.querySelector("[data-file='" + one.dataset.file + "']");
          if (before && before.querySelector("a[href='']") && before.innerHTML !== one.innerHTML) {
            before.innerHTML = one.innerHTML;
          }
        });
      })
      .catch(function () {});
  }, 3000);
})();
