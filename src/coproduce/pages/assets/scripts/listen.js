// Answers a statement without leaving the page. What comes back holds the next statement too, so that
// somebody on a slow connection waits once where three pages would be loaded. Without this script
// the same forms and links lead to these pages.
(function () {
  "use strict";
  // Somebody who comes back to the page after this long is asked by the counts of then.
  var KEPT_FOR = 5 * 60 * 1000;
  var PATIENCE = 20 * 1000;
  if (!window.fetch || !window.AbortController || !window.URLSearchParams || !window.DOMParser) {
    return;
  }
  var kept = null;
  var told = document.createElement("p");
  told.className = "hidden-text";
  told.setAttribute("role", "status");
  document.body.appendChild(told);

  function here() {
    return window.location.pathname + window.location.search;
  }
  var shown = here();

  function show(page) {
    var fresh = new DOMParser().parseFromString(page.html, "text/html");
    var main = document.adoptNode(fresh.getElementById("main"));
    document.getElementById("main").replaceWith(main);
    document.title = fresh.title;
    window.history.pushState(null, "", page.address);
    shown = here();
    // Links around it that lead back to where somebody was.
    Array.prototype.forEach.call(document.querySelectorAll("a[href*='?back=']"), function (link) {
      link.search = "?back=" + encodeURIComponent(shown);
    });
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
    told.textContent = fresh.title;
    document.dispatchEvent(new CustomEvent("coproduce:shown"));
  }

  function sayAbove(form, words, role) {
    var note = form.previousElementSibling;
    if (!note || !note.hasAttribute("data-note")) {
      note = document.createElement("p");
      note.setAttribute("data-note", "");
      form.parentNode.insertBefore(note, form);
    }
    note.className = role === "alert" ? "notice notice--warn" : "soft";
    note.setAttribute("role", role);
    note.textContent = words;
  }

  // As if this script were not there.
  function sendAsPage(form, pressed) {
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = pressed.name;
    field.value = pressed.value;
    form.appendChild(field);
    HTMLFormElement.prototype.submit.call(form);
  }

  function send(form, pressed) {
    var sent = new URLSearchParams(new FormData(form));
    sent.append(pressed.name, pressed.value);
    var stop = new AbortController();
    var impatient = window.setTimeout(function () {
      stop.abort();
    }, PATIENCE);
    var slow = window.setTimeout(function () {
      sayAbove(form, "Sending…", "status");
    }, 700);
    return fetch(form.action, {
      method: "POST",
      body: sent,
      headers: { "Coproduce-Part": "main" },
      credentials: "same-origin",
      redirect: "manual",
      signal: stop.signal,
    })
      .then(function (answer) {
        var kind = answer.headers.get("Content-Type") || "";
        return answer.ok && kind.indexOf("application/json") === 0 ? answer.json() : null;
      })
      .then(
        function (came) {
          window.clearTimeout(impatient);
          window.clearTimeout(slow);
          if (!came) {
            sendAsPage(form, pressed);
            return;
          }
          if (came.leads) {
            window.location.assign(came.leads);
            return;
          }
          kept = came.then && { page: came.then, until: Date.now() + KEPT_FOR };
          show(came.now);
        },
        function () {
          window.clearTimeout(impatient);
          window.clearTimeout(slow);
          delete form.dataset.sent;
          sayAbove(form, "We could not reach the service. Press your answer again in a moment.", "alert");
        }
      );
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || !event.submitter || !form.hasAttribute("data-in-place")) {
      return;
    }
    event.preventDefault();
    send(form, event.submitter);
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-next]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
      return;
    }
    if (kept && Date.now() < kept.until && link.getAttribute("href") === kept.page.address) {
      event.preventDefault();
      var page = kept.page;
      kept = null;
      show(page);
    }
  });

  // Back and forward: the page of that address, as it stands now.
  window.addEventListener("popstate", function () {
    if (here() !== shown) {
      window.location.reload();
    }
  });
})();
