"""Set up the ledger and run it. Needs Python 3.11 or newer and nothing else.

    python3 start.py [arguments of "cva serve"]    set up, load the demo on first use, serve
    python3 start.py test [arguments of pytest]    set up for tests, run all that CI runs
    python3 start.py test --quick                  the same without what takes long: for daily work

The first start takes a minute or two, later ones seconds. The ledger is kept in the folder that
CVA_HOME names, "cva-home" beside this file unless set. A ledger that is there already is served
as it is; the demo goes only into a folder that has none, and never into CVA_DATABASE_URL.
"""

import hashlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

# Before anything that an older Python cannot read, so that it can still say what is wrong.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "start.py: this is Python %d.%d; the ledger needs 3.11 or newer. Install one and start "  # noqa: UP031
        "with it, for example: python3.12 start.py" % sys.version_info[:2]
    )

PROJECT = Path(__file__).resolve().parent
VENV = PROJECT / ".venv"
STAMP = VENV / "cva-installed.json"
WINDOWS = os.name == "nt"

LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"

#: How long a command may take to end by itself after Ctrl-C.
GRACE_SECONDS = 15

#: What looks at the source alone; all of it is run at the same time.
SOURCE_CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)
#: A worker that has nothing left to do takes over tests from the other.
TESTS = ("pytest", "-n", "4", "--dist", "worksteal")
#: In a quick run no test waits for a browser or a server: a worker for each core.
QUICK, QUICK_WORKERS = "--quick", ("-n", "auto", "--maxprocesses", "8")


def say(text: str) -> None:
    """Tell the user, at once and in order with what the commands print."""
    print(f"start.py: {text}", flush=True)


def program(name: str) -> str:
    """Where the environment keeps a command, on each system."""
    return str(VENV / "Scripts" / f"{name}.exe" if WINDOWS else VENV / "bin" / name)


def run(*command: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> int:
    """Run a command to its end and give its exit status, as a shell would.

    A child process on every system, as Windows knows no exec. Ctrl-C reaches the command too,
    which ends in its own way; a polite stop (SIGTERM) of this process is passed on.
    """
    process = subprocess.Popen(command, env=env, cwd=cwd)
    before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        status = _wait(process)
    finally:
        signal.signal(signal.SIGTERM, before)
    return 128 - status if status < 0 else status


def _wait(process: "subprocess.Popen[bytes]") -> int:
    try:
        return process.wait()
    except KeyboardInterrupt:
        try:
            return process.wait(GRACE_SECONDS)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            process.terminate()
            return process.wait()


def run_at_once(*commands: "tuple[str, ...]", cwd: Path) -> "list[int]":
    """Run commands at the same time; their exit statuses, once all have ended.

    What each printed is shown whole when it is over, not mixed with the others' lines.
    """
    with ExitStack() as stack:
        outputs = [stack.enter_context(tempfile.TemporaryFile()) for _ in commands]
        processes = [
            subprocess.Popen(command, cwd=cwd, stdout=output, stderr=subprocess.STDOUT)
            for command, output in zip(commands, outputs, strict=True)
        ]
        stack.callback(_terminate, processes)
        before = signal.signal(signal.SIGTERM, lambda *_: _terminate(processes))
        stack.callback(signal.signal, signal.SIGTERM, before)
        statuses = []
        for process, output in zip(processes, outputs, strict=True):
            status = _wait(process)
            statuses.append(128 - status if status < 0 else status)
            output.seek(0)
            sys.stdout.write(output.read().decode("utf-8", "replace"))
            sys.stdout.flush()
    return statuses


def _terminate(processes: "list[subprocess.Popen[bytes]]") -> None:
    for process in processes:
        if process.poll() is None:
            process.terminate()
            process.wait()


def run_or_stop(*command: str) -> None:
    """Run a step of the set-up; nothing that follows makes sense without it."""
    status = run(*command, cwd=PROJECT)
    if status:
        say(f"stopped: {' '.join(command[:4])} ... ended with exit status {status}.")
        sys.exit(status)


def wanted(locks: tuple[str, ...]) -> dict[str, str]:
    """What the environment has to be made from; as long as it was, there is nothing to do."""
    files = (*locks, "pyproject.toml")
    digests = {name: hashlib.sha256((PROJECT / name).read_bytes()).hexdigest() for name in files}
    return {**digests, "project": str(PROJECT)}


def installed() -> dict[str, str]:
    """What the environment was made from; empty where it is missing, broken or half made."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and Path(program("python")).exists() else {}


def set_up(*locks: str) -> None:
    """Bring ``.venv`` to what the lock files say, if it is not so already.

    Nothing is installed unchecked: packages come as wheels whose hashes the locks name, and the
    project itself is built with the locked hatchling, without the isolated build that would
    fetch an unlocked one, and without looking at any index.
    """
    need = wanted(locks)
    if need.items() <= installed().items():
        return
    make_venv()
    STAMP.unlink(missing_ok=True)
    pip = (program("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    for lock in locks:
        say(f"installing {lock} (once; a minute or so) ...")
        run_or_stop(*pip, "--require-hashes", "--only-binary=:all:", "-r", lock)
    run_or_stop(*pip, "--no-build-isolation", "--no-deps", "--no-index", "-e", str(PROJECT))
    STAMP.write_text(json.dumps(need, indent=1), "utf-8")


def make_venv() -> None:
    """Make ``.venv``, unless there is a sound one that was made here (its commands name paths)."""
    if installed().get("project", str(PROJECT)) == str(PROJECT) and venv_is_sound():
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sys.exit(
            "start.py: this Python comes without venv or ensurepip, which are needed to install "
            "the ledger beside the system.\nOn Debian and Ubuntu: sudo apt install python3-venv"
        )
    say("making .venv ...")
    run_or_stop(sys.executable, "-m", "venv", "--clear", str(VENV))


def venv_is_sound() -> bool:
    """Whether its Python runs here, is new enough and has pip (an update may have taken it)."""
    test = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        done = subprocess.run([program("python"), "-c", test], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def serve(arguments: list[str]) -> int:
    """Serve the ledger until stopped; load the demo first where there is no ledger yet."""
    set_up(LOCK)
    env = dict(os.environ)
    env["CVA_HOME"] = env.get("CVA_HOME") or str(PROJECT / "cva-home")
    return load_demo(env) or run(program("cva"), "serve", *arguments, env=env)


def load_demo(env: dict[str, str]) -> int:
    """Load the demo into a folder without a ledger; go on with a load that was cut short.

    A ledger that is there was made by somebody for something: demo people and their passwords
    must never get into it. A mark in the folder tells a half-loaded demo from a ledger.
    """
    home = Path(env["CVA_HOME"])
    unfinished = home / "demo-unfinished"
    if env.get("CVA_DATABASE_URL") or ((home / "cva.db").exists() and not unfinished.exists()):
        return 0
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished.touch()
    status = run(program("cva"), "demo", env=env)
    if status:
        say("the demo was not loaded; start again to go on with it.")
        return status
    unfinished.unlink()
    return 0


def test(arguments: list[str]) -> int:
    """Run every check that CI runs; the tests only where nothing is wrong with the source."""
    set_up(LOCK, DEV_LOCK)
    say("checks of the source: " + ", ".join(" ".join(check) for check in SOURCE_CHECKS))
    commands = [(program(name), *options) for name, *options in SOURCE_CHECKS]
    statuses = run_at_once(*commands, cwd=PROJECT)
    if any(statuses):
        for check, status in zip(SOURCE_CHECKS, statuses, strict=True):
            if status:
                say(f"FAILED: {' '.join(check)} (exit status {status})")
        return next(filter(None, statuses))
    name, *options = TESTS
    if QUICK in arguments:
        options += QUICK_WORKERS
    options += arguments
    title = " ".join((name, *options))
    say(f"tests: {title}")
    status = run(program(name), *options, env=keeping_compiled(), cwd=PROJECT)
    say(f"FAILED: {title} (exit status {status})" if status else "all checks passed")
    return status


def keeping_compiled() -> "dict[str, str]":
    """The environment in which Python keeps what it compiled: a run of tests compiles much."""
    return {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def main(arguments: list[str]) -> int:
    """Do what the command line asks for; gives the exit status."""
    if arguments[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    if arguments[:1] == ["test"]:
        return test(arguments[1:])
    return serve(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
