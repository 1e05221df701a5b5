"""The commands that are tried on every system, as the README gives them."""

from dataclasses import dataclass

# The options that Ubuntu's compilers add by default.
UBUNTU_DEFAULTS = (
    "-fstack-clash-protection -fstack-protector-strong -fcf-protection "
    "-D_FORTIFY_SOURCE=3 -fPIE -pie"
)


@dataclass(frozen=True)
class Step:
    """A command line for sh, run in a clean clone without terminal or standard input."""

    name: str
    command: str
    says: str = ""  # what its output must contain, besides an exit code of 0


def boot_all(title, posts, compiler="", prepare="true"):
    """Boots every post's kernel; each must get past its first exception."""
    runs = [
        f'make run POST={post} {compiler} > run.log 2>&1 && grep -q "It did not crash!" run.log'
        for post in posts
    ]
    attempts = " && ".join(f"{{ {run} || {{ tail -n 40 run.log; false; }}; }}" for run in runs)
    return Step(title, f"{prepare} && {attempts}")


def short_steps(posts):
    return [
        boot_all("make run, every post", posts),
        Step("the unit tests build and pass", "make test FILTER='*unit*'", " passed, 0 failed"),
    ]


def long_steps(posts, release):
    """All other commands that a reader or a maintainer may type."""
    clang = "$(common/setup/llvm.sh clang++)"  # which `make test` has installed
    steps = [
        Step("make test", "make test", " passed, 0 failed"),
        Step("make lint", "make lint", " passed, 0 failed"),
        Step("make check-stages", "make check-stages"),
        Step("make debug", "make debug", "kernel_main"),
        Step("make bench", "make bench", "instructions"),
        boot_all("make run with clang", posts, f"CXX={clang}"),
        Step("make test with clang", f"make test POST={posts[-1]} CXX={clang}", " passed, 0 failed"),
        boot_all("make run at -O0", posts, "OPTIMIZE=-O0"),
    ]
    if release == "trixie":
        steps.append(
            boot_all(
                "make run with Ubuntu 24.04's g++ 13 and its switches",
                posts,
                f"CXX='g++-13 {UBUNTU_DEFAULTS}'",
                "apt-get install -y --no-install-recommends g++-13",
            )
        )
    return steps
