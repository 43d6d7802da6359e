"""`make build` puts a whole site in the place of the old one, or leaves that as it was."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

import whole_folder
from errorcatalog.project import Project
from errorcatalog.views.sample import sample
from support import AS_ANYBODY, ROOT, copy_project
from whole_folder import replacing

BUILD = [sys.executable, str(ROOT / "scripts" / "build_site.py")]

KILLS = 50

Content = Mapping[str, bytes]


def content(folder: Path) -> Content:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def environment(project: Path) -> dict[str, str]:
    path = os.pathsep.join([str(project / "hooks"), str(ROOT / "hooks")])
    return {**os.environ, "PYTHONPATH": path, "NO_MKDOCS_2_WARNING": "1"}


def run(
    project: Path, *, site: str = "site", before: list[str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Build a project as `make build` does."""
    return subprocess.run(
        [*(before or []), *BUILD, site],
        cwd=project,
        env=environment(project),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project of MkDocs alone, which takes a fraction of a second to build.

    It writes a hundred files, so that much of the time is that of writing.
    """
    root = tmp_path / "project"
    (root / "docs").mkdir(parents=True)
    (root / "theme").mkdir()
    (root / "mkdocs.yml").write_text(
        "site_name: Small\nplugins: []\ntheme: {name: null, custom_dir: theme}\n", encoding="utf-8"
    )
    (root / "theme" / "main.html").write_text("{{ page.content }}", encoding="utf-8")
    for name in ("catalog.json", "catalog.schema.json", *(f"{i}.txt" for i in range(100))):
        (root / "docs" / name).write_text(name * 1000, encoding="utf-8")
    edit(root, "first")
    return root


def edit(project: Path, text: str) -> None:
    (project / "docs" / "index.md").write_text(text, encoding="utf-8")
    (project / "docs" / "99.txt").write_text(text, encoding="utf-8")


def built(project: Path) -> Content:
    done = run(project)
    assert (done.returncode, done.stderr) == (0, "")
    return content(project / "site")


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_a_build_leaves_nothing_but_the_site(small: Path) -> None:
    before = {path.name for path in small.iterdir()}
    done = run(small)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Built site/.\n", "")
    assert {path.name for path in small.iterdir()} == before | {"site"}
    assert (small / "site" / "index.html").read_text(encoding="utf-8") == "<p>first</p>"


def test_what_is_no_longer_made_is_no_longer_there(small: Path) -> None:
    first = built(small)
    (small / "docs" / "7.txt").unlink()
    assert built(small).keys() == first.keys() - {"7.txt"}


def test_a_build_killed_at_any_moment_leaves_a_whole_site(small: Path) -> None:
    """At each kill the site is one of the two editions, and the next build makes the other."""
    names = {path.name for path in small.iterdir()} | {"site"}
    editions = {}
    for text in ("first", "second"):
        edit(small, text)
        started = time.monotonic()
        editions[text] = built(small)
    seconds = time.monotonic() - started
    chance = random.Random(7)  # noqa: S311 - the same moments in every run
    there, killed = "second", 0
    for _ in range(KILLS):
        wanted = "first" if there == "second" else "second"
        edit(small, wanted)
        process = subprocess.Popen(
            [*BUILD, "site"],
            cwd=small,
            env=environment(small),
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0, seconds))
        os.killpg(process.pid, signal.SIGKILL)
        if process.wait() == -signal.SIGKILL:
            killed += 1
        else:
            seconds *= 0.9  # it was over before the kill: the machine is faster than it was
        found = content(small / "site")
        assert found in editions.values()
        there = next(text for text, edition in editions.items() if edition == found)
    assert killed > KILLS / 5
    for text, edition in editions.items():
        edit(small, text)
        assert built(small) == edition
    assert {path.name for path in small.iterdir()} == names


# The steps of a replacement, each of which a kill may precede or follow.
STEPS = [
    "os.sync = killed",
    "whole_folder._copy_hidden = killed",
    "whole_folder._put = killed",
    "whole_folder._exchange = killed",
    "put = whole_folder._put; whole_folder._put = lambda *a, **k: (put(*a, **k), killed())",
    "shutil.rmtree = killed",
]


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_leaves_the_old_folder_or_the_new(tmp_path: Path, step: str) -> None:
    folder = tmp_path / "site"
    put(folder, "old")
    program = f"""
import os, shutil, signal, sys
from pathlib import Path
import whole_folder
from errorcatalog.project import Project
from errorcatalog.views.sample import sample
def killed(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
with whole_folder.replacing(Path(sys.argv[1])) as new:
    new.mkdir()
    (new / "page").write_text("new")
    {step}
"""
    died = subprocess.run(
        [sys.executable, "-c", program, folder],
        env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")},
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    assert (folder / "page").read_text(encoding="utf-8") in {"old", "new"}
    put(folder, "newest")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def put(folder: Path, text: str) -> None:
    """Replace a folder by one with a page."""
    with replacing(folder) as new:
        new.mkdir()
        (new / "page").write_text(text, encoding="utf-8")
    assert (folder / "page").read_text(encoding="utf-8") == text


def test_a_reader_finds_the_folder_at_every_moment(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    put(folder, "0")
    missed = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                (folder / "page").read_bytes()
            except OSError as error:
                missed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for count in range(100):
        put(folder, str(count))
    done.set()
    reader.join()
    assert not missed


def test_where_names_cannot_be_exchanged_a_kill_between_two_renames_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_folder, "_exchange", lambda one, other: False)
    folder = tmp_path / "site"
    put(folder, "old")
    put(folder, "older")
    # As a kill would leave it.
    place = tmp_path / ".site.building"
    (place / "new").mkdir(parents=True)
    folder.rename(place / "old")
    with pytest.raises(RuntimeError), replacing(folder):
        raise RuntimeError
    assert (folder / "page").read_text(encoding="utf-8") == "older"
    assert not place.exists()


def test_where_nothing_can_be_put_in_place_the_old_folder_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_folder, "_exchange", lambda one, other: False)
    folder = tmp_path / "site"
    put(folder, "old")
    with pytest.raises(FileNotFoundError), replacing(folder):
        pass  # nothing was made
    assert (folder / "page").read_text(encoding="utf-8") == "old"


def test_an_interruption_between_two_renames_is_undone_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(new: Path, folder: Path, *, aside: Path) -> None:
        folder.rename(aside)
        raise KeyboardInterrupt

    folder = tmp_path / "site"
    put(folder, "old")
    monkeypatch.setattr(whole_folder, "_put", interrupted)
    with pytest.raises(KeyboardInterrupt):
        put(folder, "new")
    assert (folder / "page").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_one_build_at_a_time(small: Path) -> None:
    first = built(small)
    with replacing(small / "site") as new:
        shutil.copytree(small / "site", new)
        done = run(small)
        assert_refused(done)
        assert done.stderr == "site was not changed: another build of it is running.\n"
        assert content(new) == first
    assert built(small) == first


def test_a_folder_that_is_no_site_is_not_touched(small: Path) -> None:
    (small / "photos").mkdir()
    (small / "photos" / "cat.jpg").write_bytes(b"cat")
    assert_refused(run(small, site="photos"), "no site of ours", "cat.jpg")
    assert content(small / "photos") == {"cat.jpg": b"cat"}
    for site in (".", "..", "", "/", "docs/../"):
        assert_refused(run(small, site=site))
    assert_refused(run(small, site="mkdocs.yml"), "Not a directory")


def test_a_site_may_be_anywhere_also_behind_a_link(small: Path, tmp_path: Path) -> None:
    assert run(small, site=f"{tmp_path}/deep/er/site/").returncode == 0
    (small / "public").symlink_to(tmp_path / "deep" / "er" / "site")
    edit(small, "second")
    done = run(small, site="public")
    assert done.stdout == "Built public/.\n"
    assert (small / "public").is_symlink()
    assert (tmp_path / "deep/er/site/index.html").read_text(encoding="utf-8") == "<p>second</p>"
    assert [path.name for path in (tmp_path / "deep/er").iterdir()] == ["site"]


def test_what_begins_with_a_dot_is_kept_as_mkdocs_keeps_it(small: Path) -> None:
    site = small / "site"
    built(small)
    (site / ".nojekyll").touch()
    (site / ".well-known" / "acme").mkdir(parents=True)
    (site / ".well-known" / "acme" / "token").write_text("token", encoding="utf-8")
    (site / ".link").symlink_to("nowhere")
    assert built(small).keys() >= {".nojekyll", ".well-known/acme/token"}
    assert (site / ".link").readlink() == Path("nowhere")


def test_a_warning_of_mkdocs_keeps_the_old_site(small: Path) -> None:
    first = built(small)
    edit(small, "[nowhere](nowhere.md)")
    done = run(small)
    assert_refused(done, "WARNING", "nowhere.md")
    assert "Aborted with 1 warnings in strict mode!" in done.stdout
    assert content(small / "site") == first
    assert not (small / ".site.building").exists()


def test_a_full_disk_keeps_the_old_site(small: Path) -> None:
    """A file may not grow beyond a size: to a program, the same as a disk without room."""
    first = built(small)
    (small / "docs" / "50.txt").write_bytes(b"x" * 2_000_000)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    done = subprocess.run(
        [*BUILD, "site"],
        cwd=small,
        env=environment(small),
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    assert_refused(done)
    place = small / ".site.building"
    assert done.stderr == f"site was not changed: File too large: {place / 'new' / '50.txt'}.\n"
    assert content(small / "site") == first
    assert not place.exists()


def test_a_folder_that_cannot_be_written_keeps_the_old_site(small: Path) -> None:
    first = built(small)
    small.chmod(0o555)
    try:
        done = run(small, before=AS_ANYBODY)
    finally:
        small.chmod(0o755)
    assert_refused(done)
    place = small / ".site.building"
    assert done.stderr == f"site was not changed: Permission denied: {place}.\n"
    assert content(small / "site") == first


def test_a_file_that_cannot_be_read_keeps_the_old_site(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    done = run(project)
    assert (done.returncode, done.stderr) == (0, "")
    first = content(project / "site")
    told = {
        "catalog/scenarios/payment.yml": "catalog/scenarios/payment.yml:1:1: the file: cannot be",
        "templates/code.html": "templates/code.html:1:1: the template: cannot be read",
        "docs/en/about.md": f"Permission denied: {project / 'docs/en/about.md'}.",
    }
    for name, words in told.items():
        (project / name).chmod(0)
        done = run(project, before=AS_ANYBODY)
        (project / name).chmod(0o644)
        assert_refused(done, words)
        assert content(project / "site") == first


def test_a_template_that_fails_on_one_code_alone_keeps_the_old_site(tmp_path: Path) -> None:
    """Pages are rendered as they are written, after a sample that need not hold that code."""
    project = copy_project(tmp_path)
    first = built(project)
    template = project / "templates" / "code.html"
    start = "{% block content %}"
    catalog = Project(project).checked()
    sampled = {id(code) for _, code in sample(catalog).records()}
    scenario, code = next(entry for entry in catalog.records() if id(entry[1]) not in sampled)
    fault = f'{{% if view.code == "{code.code}" %}}{{{{ view.nothing }}}}{{% endif %}}'
    whole = template.read_text(encoding="utf-8")
    template.write_text(whole.replace(start, f"{start}\n{fault}"), encoding="utf-8")
    line = whole[: whole.index(start)].count("\n") + 2
    done = run(project)
    assert_refused(
        done, f"templates/code.html:{line}:1: the template: ", f"{scenario.id}/{code.code}/"
    )
    assert content(project / "site") == first
