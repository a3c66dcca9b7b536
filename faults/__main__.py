"""`python -m faults`: bad days on purpose."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from faults import days
from faults.campaign import Stopwatch, all_cores, hunt, run
from faults.damage import SILENT, damage
from faults.processes import play_all
from faults.shop import Mode
from faults.simulation import simulate
from faults.tables import (
    of_broken,
    of_damage,
    of_days,
    of_faults,
    of_mutants,
    of_processes,
    of_stores,
    of_words,
    of_zeros,
)

_FULL = 10_000


def main() -> int:
    options = _options()
    if options.command == "simulate" and options.seed is not None:
        return _one(options.seed, Mode(options.store or "strict"))
    commands = {"simulate": _simulate, "mutants": _mutants, "processes": _processes,
                "damage": _damage, "browser": _browser, "night": _night,
                "machines": _machines, "profiles": _profiles}  # fmt: skip
    return commands[options.command](options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    simulated = commands.add_parser("simulate", help="the protocol against simulated stores")
    simulated.add_argument("--seed", type=int, help="tell the story of one history")
    simulated.add_argument("--store", choices=[mode.value for mode in Mode], help="one mode only")
    simulated.add_argument("--seeds", type=int, default=_FULL, help="how many in each mode")
    planted = commands.add_parser("mutants", help="whether the checker sees planted bugs")
    planted.add_argument("--seeds", type=int, default=500, help="how many in each mode")
    real = commands.add_parser("processes", help="real processes, signals and disks")
    real.add_argument("--seeds", type=int, default=40, help="how many cases")
    real.add_argument("--seed", type=int, help="one case, by its number")
    damaged = commands.add_parser("damage", help="flipped bits, cut files, deleted ones")
    damaged.add_argument("--times", type=int, default=2000)
    damaged.add_argument("--seed", type=int, default=0)
    browser = commands.add_parser("browser", help="a real browser, the store, the proxy, kill -9")
    browser.add_argument("--seeds", type=int, default=20, help="how many cases")
    browser.add_argument("--seed", type=int, help="one case, by its number")
    browser.add_argument("--keep", type=Path, help="a file of ended cases, to go on from")
    browser.add_argument(
        "--term", action="store_true", help="SIGTERM at a random moment, each time"
    )
    night = commands.add_parser("night", help="200 orders, three accounts, kill -9 on the way")
    night.add_argument("--seed", type=int, default=0, help="draws when and what is killed")
    night.add_argument("--orders", type=int, default=200, help="how many orders")
    night.add_argument("--kills", type=int, default=5, help="how often everything is killed")
    night.add_argument("--at-once", type=int, default=1, help="how many accounts at a time")
    night.add_argument("--folder", type=Path, help="keep journal, evidence and output here")
    night.add_argument("--again", action="store_true", help="judge what that folder kept, again")
    machines = commands.add_parser("machines", help="two machines on one PostgreSQL, one killed")
    machines.add_argument("--orders", type=int, default=12, help="how many orders")
    machines.add_argument("--folder", type=Path, help="keep evidence and output here")
    profiles = commands.add_parser("profiles", help="profiles with mistakes that people make")
    profiles.add_argument("--seeds", type=int, default=2000, help="how many cases")
    profiles.add_argument("--first", type=int, default=0, help="the number of the first")
    profiles.add_argument("--seed", type=int, help="tell the story of one case, by its number")
    profiles.add_argument(
        "--kind", action="append", default=[], help="mistakes whose name begins so, no others"
    )
    profiles.add_argument("--keep", type=Path, help="a file of ended cases, to go on from")
    profiles.add_argument(
        "--planted", action="store_true", help="whether they show bugs that are planted"
    )
    for parser_ in (simulated, planted, real, browser, profiles):
        parser_.add_argument("--workers", type=int, default=all_cores())
    return parser.parse_args()


def _simulate(options: argparse.Namespace) -> int:
    watch = Stopwatch()
    modes = [Mode(options.store)] if options.store else list(Mode)
    total = run(range(options.seeds), modes, workers=options.workers)
    print(of_faults(total), "", of_zeros(total.kinds), sep="\n")
    least = min(total.fired.values())
    print(
        f"\n{total.seeds} histories (seeds 0 to {options.seeds - 1}; "
        f"{', '.join(mode.value for mode in modes)}), {total.on_disk} of them with the journal in "
        f"SQLite files; {total.runs} runs, {total.clicks} clicks, {total.requests} requests at the "
        f"store; each fault fired at least {least} times in each of its windows; {watch}"
    )
    for seed, mode, finding in total.failing[:10]:
        print(f"python -m faults simulate --seed {seed} --store {mode.value}   {finding}")
    return 1 if total.failing_seeds else 0


def _mutants(options: argparse.Namespace) -> int:
    watch = Stopwatch()
    caught = hunt(range(options.seeds), workers=options.workers)
    print(of_mutants(caught))
    survivors = [one for one in caught if not one.failing]
    print(f"\n{len(caught) - len(survivors)} of {len(caught)} planted bugs were caught; {watch}")
    return 1 if survivors else 0


def _processes(options: argparse.Namespace) -> int:
    watch = Stopwatch()
    one = options.seed
    seeds = range(options.seeds) if one is None else range(one, one + 1)
    ended = play_all(seeds, workers=options.workers)
    found = [(each.case.seed, finding) for each in ended for finding in each.judged.findings]
    kinds = Counter(finding.kind for _, finding in found)
    print(of_processes(ended), "", of_stores(ended), "", of_zeros(kinds), sep="\n")
    print(
        f"\n{len(ended)} cases, {sum(each.processes for each in ended)} processes, "
        f"{sum(each.killed for each in ended)} killed, "
        f"{sum(each.clicks for each in ended)} clicks, "
        f"{sum(each.requests for each in ended)} requests at the store; {watch}"
    )
    for seed, finding in found:
        print(f"python -m faults processes --seed {seed}   {finding}")
    return 1 if found else 0


def _damage(options: argparse.Namespace) -> int:
    watch = Stopwatch()
    found = damage(options.times, seed=options.seed)
    print(of_damage(found))
    silent = sum(count for (_, what), count in found.items() if what == SILENT)
    print(f"\n{found.total()} journals damaged (seed {options.seed}), {silent} silent; {watch}")
    return 1 if silent else 0


def _browser(options: argparse.Namespace) -> int:
    watch = Stopwatch()
    one = options.seed
    seeds = range(options.seeds) if one is None else range(one, one + 1)
    ended, processes, folders = days.play_all(
        seeds, term=options.term, workers=options.workers, kept=options.keep
    )
    found = [(each.case.seed, finding) for each in ended for finding in each.judged.findings]
    kinds = Counter(finding.kind for _, finding in found)
    print(of_days(ended), "", of_broken(ended), "", of_words(ended), "", of_zeros(kinds), sep="\n")
    print(
        f"\n{len(ended)} cases, {sum(len(each.said) for each in ended)} processes with a browser, "
        f"{sum(each.clicks for each in ended)} clicks, {sum(each.requests for each in ended)} "
        f"requests at the store; right after a strike {sum(each.processes_left for each in ended)} "
        f"processes and {sum(each.folders_left for each in ended)} folders were left, "
        f"after the next run {processes} and {folders}; {watch}"
    )
    for seed, finding in found:
        how = " --term" if options.term else ""
        print(f"python -m faults browser --seed {seed}{how}   {finding}")
    return 1 if found or processes or folders else 0


def _night(options: argparse.Namespace) -> int:
    from faults.morning import judged  # noqa: PLC0415 (SQLAlchemy, which no other command needs)
    from faults.night import Night, play  # noqa: PLC0415
    from faults.nights import of_starts, of_words  # noqa: PLC0415
    from faults.roster import open_store  # noqa: PLC0415

    watch = Stopwatch()
    with tempfile.TemporaryDirectory(prefix="unorder-night-") as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        if options.again:
            night = Night.kept(folder)
        else:
            night = play(options.seed, folder, orders=options.orders, kills=options.kills,
                         workers=options.at_once,
                         told=lambda text: print(text, flush=True))  # fmt: skip
        store = open_store(folder)
        morning = judged(night, store)
        store.close()
    kinds = Counter(finding.kind for finding in morning.findings)
    print(of_words(morning), "", of_starts(night), "", of_zeros(kinds), sep="\n")
    print(
        f"\n{len(morning.orders)} orders (seed {options.seed}), {len(night.exits)} starts, "
        f"{len(night.kills)} of them killed; "
        f"{sum(order.intents for order in morning.orders)} clicks, "
        f"{sum(order.submits for order in morning.orders)} submissions at the store; "
        f"{morning.a_day} of at most {morning.cap} in a day; {watch}"
    )
    for finding in morning.findings:
        print(f"python -m faults night --seed {options.seed}   {finding}")
    return 1 if morning.findings else 0


def _machines(options: argparse.Namespace) -> int:
    from faults.machines import play  # noqa: PLC0415 (SQLAlchemy and PostgreSQL, for this alone)
    from faults.tables import table  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="unorder-machines-") as temporary:
        folder = (options.folder or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        ended = play(folder, options.orders)
    rows: list[tuple[object, object]] = [
        ("orders", ended.orders),
        ("cancelled, and nothing else of them", ended.cancelled),
        *((f"submitted {times} times", count) for times, count in sorted(ended.submits.items())),
        *((f"runs on machine {name}", count) for name, count in ended.runs.items()),
        ("submissions when machine a was killed", ended.killed_after),
        ("findings of the checker", len(ended.findings)),
        ("exit code", ended.exit_code),
    ]
    print(table(("", ""), rows), f"\n{ended.seconds:.0f} s", sep="\n")
    for finding in ended.findings:
        print(finding)
    once = ended.submits == Counter({1: ended.orders}) and ended.cancelled == ended.orders
    return 0 if once and not ended.findings and not ended.exit_code else 1


def _profiles(options: argparse.Namespace) -> int:
    from faults.profiles.kinds import seeds_of  # noqa: PLC0415 (Flask and SQLAlchemy)
    from faults.profiles.playing import play, play_all  # noqa: PLC0415
    from faults.profiles.report import findings, of_exempt, of_kinds, story  # noqa: PLC0415

    if options.planted:
        return _planted_profiles(options)
    if options.seed is not None:
        (one,) = play([options.seed])
        print(*story(one), *findings([one]), sep="\n")
        return 1 if one.breaches else 0
    watch = Stopwatch()
    first, last = options.first, options.first + options.seeds - 1
    seeds = seeds_of(options.kind, range(first, last + 1))
    played = play_all(seeds, workers=options.workers, keep=options.keep)
    runs = sum(len(one.runs) for one in played)
    found = list(findings(played))
    print(of_kinds(played), "", of_exempt(played), sep="\n")
    print(f"\n{len(played)} cases (seeds {first} to {last}), {runs} runs; {watch}", *found,
          sep="\n")  # fmt: skip
    return 1 if found else 0


def _planted_profiles(options: argparse.Namespace) -> int:
    from faults.profiles.planted import hunt  # noqa: PLC0415 (Flask and SQLAlchemy)
    from faults.profiles.report import of_planted  # noqa: PLC0415

    watch = Stopwatch()
    shown = hunt(workers=options.workers)
    survivors = [one for one in shown if one.case is None]
    print(of_planted(shown))
    print(f"\n{len(shown) - len(survivors)} of {len(shown)} planted bugs were shown; {watch}")
    return 1 if survivors else 0


def _one(seed: int, mode: Mode) -> int:
    result = simulate(seed, mode, told=True)
    print(*result.story, sep="\n")
    fired = [f"{fault.sentence} ({window.value})" for fault, window in result.fired]
    print(f"\ntroubles: {'; '.join(fired) or 'none'}")
    for finding in result.findings:
        print(finding)
    return 1 if result.findings else 0


if __name__ == "__main__":
    sys.exit(main())
