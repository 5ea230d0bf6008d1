// Files that are too large are told before they are sent, and a sheet is sent with its progress
// shown; without this script the forms send themselves and the server tells.
for (const field of document.querySelectorAll("input[type=file][data-largest]")) {
  const fault = field.form.querySelector("[data-too-large]");

  const look = () => {
    const isTooLarge = [...field.files].some((file) => file.size > Number(field.dataset.largest));
    fault.hidden = !isTooLarge;
    field.setCustomValidity(isTooLarge ? fault.textContent : "");
  };

  field.addEventListener("change", look);
  addEventListener("pageshow", look); // a reload may keep what was chosen
}

const form = document.querySelector("form[data-sending]");

if (form) {
  const button = form.querySelector("button");
  const box = form.querySelector("[data-progress]");
  const bar = box.querySelector("progress");
  const line = box.querySelector("p");
  const fault = form.querySelector("[data-fault]");
  const words = form.dataset;
  const locale = `${document.documentElement.lang}-u-nu-latn`; // digits as Excel shows them
  const megabytes = (bytes) => (bytes / 1048576).toLocaleString(locale, { maximumFractionDigits: 1 });

  const stop = (message) => {
    box.hidden = true;
    fault.textContent = message;
    fault.hidden = false;
    button.disabled = false;
  };

  // What the server says; of a proxy before it only the status can be read.
  const told = (request) => request.response?.querySelector("[data-message]")?.textContent.trim()
    ?? (request.status === 413 ? form.querySelector("[data-too-large]").textContent : words.broke);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = (100 * loaded) / total;
      line.textContent = loaded < total
        ? `${megabytes(loaded)} / ${megabytes(total)} ${words.sent}`
        : words.storing;
    });
    request.addEventListener("load", () => {
      if (request.status < 400) {
        location.assign(request.responseURL);
      } else {
        stop(told(request));
      }
    });
    for (const kind of ["error", "abort", "timeout"]) {
      request.addEventListener(kind, () => stop(words.broke));
    }
    button.disabled = true;
    fault.hidden = true;
    box.hidden = false;
    bar.removeAttribute("value");
    line.textContent = "";
    request.send(new FormData(form));
  });

  // Back from another page: the form is ready again.
  addEventListener("pageshow", () => {
    button.disabled = false;
    box.hidden = true;
  });
}
