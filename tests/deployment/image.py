"""The image as its Containerfile describes it."""

from tests.house.source import PROJECT

DEPLOY = PROJECT / "deploy"
LINES = (DEPLOY / "Containerfile").read_text("utf-8").splitlines()

#: What is copied from the repository.
COPIED = {
    source
    for line in LINES
    if line.startswith("COPY ") and "--from" not in line
    for source in line.split()[1:-1]
}
