"""What runs by itself: the workflow on GitHub, and the checks before a commit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w-]+/[\w./-]+@[0-9a-f]{40}")
VERSIONED = re.compile(r"^\s*(?:- )?uses: (\S+) # v\d+\.\d+\.\d+$", re.MULTILINE)
PUBLISHING = {"contents": "read", "pages": "write", "id-token": "write"}


def loaded(path: str | Path) -> dict[str, Any]:
    """A YAML file of the project; its words are text, also `on`."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - it makes texts alone


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.* ## ", makefile, re.MULTILINE))


def made(command: str) -> list[str]:
    """The targets of a command that is nothing but `make`."""
    program, *arguments = command.split()
    assert program == "make", command
    return [word for word in arguments if "=" not in word]


@pytest.fixture
def site() -> dict[str, Any]:
    return loaded(".github/workflows/site.yml")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_commit_and_says_its_version(path: Path) -> None:
    used = [step["uses"] for step in steps(loaded(path)) if "uses" in step]
    assert used
    assert all(PINNED.fullmatch(action) for action in used), used
    assert VERSIONED.findall(path.read_text(encoding="utf-8")) == used


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_workflow_runs_is_what_people_run(path: Path) -> None:
    for step in steps(loaded(path)):
        if "run" in step:
            assert set(made(step["run"])) <= targets()
            # A value of the event goes through the environment, never into the command.
            assert "${{" not in step["run"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_job_may_more_than_it_needs(path: Path) -> None:
    workflow = loaded(path)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        publishes = any("deploy-pages" in step.get("uses", "") for step in job["steps"])
        assert job.get("permissions") == (PUBLISHING if publishes else None)
        assert int(job["timeout-minutes"]) <= 30
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] == "false"


def test_every_change_is_tested_and_only_what_is_tested_is_published(site: dict[str, Any]) -> None:
    assert site["on"].keys() == {"pull_request", "push", "workflow_dispatch"}
    test, publish = site["jobs"]["test"], site["jobs"]["publish"]
    commands = [made(step["run"]) for step in test["steps"] if "run" in step]
    assert commands == [["check"], ["test"]]
    assert "if" not in test
    assert publish["needs"] == "test"
    assert "github.event_name != 'pull_request'" in publish["if"]
    assert "github.ref_name == github.event.repository.default_branch" in publish["if"]
    assert publish["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}


def test_another_site_by_properdocs_is_told_and_stops_nothing(site: dict[str, Any]) -> None:
    job = site["jobs"]["properdocs"]
    assert [made(step["run"]) for step in job["steps"] if "run" in step] == [["compare-properdocs"]]
    assert job["continue-on-error"] == "true"
    assert all("properdocs" not in other.get("needs", "") for other in site["jobs"].values())


def test_the_list_of_changes_is_held_against_what_was_published(site: dict[str, Any]) -> None:
    bases = [step["env"]["BASE"] for step in steps(site) if "BASE" in step.get("env", {})]
    assert [base.split("}}")[-1] for base in bases] == ["", "/catalog.json"]
    (checkout,) = (
        step
        for step in site["jobs"]["test"]["steps"]
        if step.get("uses", "").startswith("actions/checkout@")
    )
    assert checkout["with"]["fetch-depth"] == "0"


def test_what_is_published_knows_its_address_and_its_repository(site: dict[str, Any]) -> None:
    (build,) = (
        step for step in site["jobs"]["publish"]["steps"] if step.get("run") == "make build"
    )
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert {"SITE_URL", "REPO_URL", "EDIT_URI"} <= build["env"].keys()
    assert all(f"!ENV [{name}" in settings for name in build["env"])


def test_a_commit_is_checked_by_the_same_commands() -> None:
    (repository,) = loaded(".pre-commit-config.yaml")["repos"]
    # No other repository: a clone needs nothing that `make` does not install.
    assert repository["repo"] == "local"
    checked = {hook["id"]: made(hook["entry"]) for hook in repository["hooks"]}
    assert checked == {"catalogue": ["check"], "python": ["lint"]}
    assert targets() >= {"check", "lint"}
    for hook in repository["hooks"]:
        assert (hook["language"], hook["pass_filenames"]) == ("system", "false")


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-properdocs"])
def test_what_is_used_directly_is_pinned_with_its_reason(name: str) -> None:
    named = (ROOT / f"{name}.in").read_text(encoding="utf-8").split("\n\n", 1)[1].splitlines()
    pinned = (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    reason = ""
    for line in named:
        if line.startswith("#"):
            reason = line
            continue
        package, _, version = line.partition("==")
        at = pinned.index(f"{package.replace('.', '-')}=={version} \\")
        assert pinned[at - 1] == reason, line
