// Words typed but not yet sent stay in this tab, until the server says that it has kept them.
// They never leave the device, and go when the tab is closed.
(function () {
  "use strict";
  var store;
  try {
    store = window.sessionStorage;
    store.length;
  } catch (refused) {
    return;
  }

  // Sent: the page that says "We have kept your words" names what it kept.
  var sent = document.querySelector("[data-sent]");
  if (sent) {
    store.removeItem("draft " + sent.dataset.sent);
  }

  var form = document.querySelector("form[data-draft]");
  var box = form && form.querySelector("textarea");
  if (!box) {
    return;
  }
  var name = "draft " + form.dataset.draft;
  var typed = store.getItem(name);
  function keep() {
    try {
      store.setItem(name, box.value);
    } catch (full) {
      return;
    }
  }
  if (box.value) {
    keep(); // typed before this script had come over a slow line, or sent back with an error
  } else if (typed) {
    box.value = typed;
    box.dispatchEvent(new Event("input"));
  }
  box.addEventListener("input", keep);
})();
