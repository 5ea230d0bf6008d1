// Shows how far the check is and reloads when it is done; without this script the page reloads itself.
const box = document.querySelector("[data-checking]");

if (box) {
  const bar = box.querySelector("progress");
  const line = box.querySelector("p");
  let pause = 400;
  const locale = `${document.documentElement.lang}-u-nu-latn`; // digits as Excel shows them

  const look = async () => {
    try {
      const answer = await fetch(box.dataset.checking, { headers: { Accept: "application/json" } });
      const { stage, done, total } = answer.redirected ? {} : await answer.json();
      if (stage !== "checking") {
        location.reload();
        return;
      }
      if (total) {
        bar.max = total;
        bar.value = done;
        line.textContent = `${done.toLocaleString(locale)} / ${total.toLocaleString(locale)} ${box.dataset.rows}`;
      }
    } catch {
      line.textContent = box.dataset.broke;
      pause = Math.min(pause * 2, 10_000); // the line is down: ask less often
    }
    pause = Math.min(pause * 1.2, 3_000);
    setTimeout(look, pause);
  };

  setTimeout(look, pause);
}
