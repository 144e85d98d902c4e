// The page for the wall asks for its number again every 15 seconds, while somebody can see it.
(function () {
  "use strict";

  var count = document.querySelector("[data-count]");
  if (!count || !window.fetch) {
    return;
  }
  window.setInterval(function () {
    if (document.hidden) {
      return;
    }
    fetch(count.dataset.count, { credentials: "same-origin" })
      .then(function (answer) {
        return answer.ok && !answer.redirected ? answer.text() : "";
      })
      .then(function (said) {
        if (said && said !== count.textContent) {
          count.textContent = said;
        }
      })
      .catch(function () {});
  }, 15000);
})();
