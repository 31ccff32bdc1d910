# Shared by ./start and ./check: Debian packages, the virtual environment, messages. Sourced, never run.
# Expects ROOT to hold the folder of the checkout.

readonly VENV="$ROOT/.venv"

# Python, what WeasyPrint draws text with, what Qt needs offscreen and on X11 or Wayland.
readonly RUN_PACKAGES=(
  python3 python3-venv ca-certificates
  libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
  libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0
  libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-image0
  libxcb-render-util0 libxcb-randr0 libxcb-xinerama0 libxcb-xkb1 libwayland-client0 libwayland-cursor0 libwayland-egl1
)

# A real window without a screen, readers of PDF and of Word, Java with JAXB for veraPDF, a database server.
readonly CHECK_PACKAGES=(
  git xvfb xauth xdotool poppler-utils libreoffice-writer-nogui default-jdk-headless libjaxb-java postgresql
)

say() { printf '── %s\n' "$*"; }

fail() {
  printf '\nDừng lại: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

# need_packages NAME…: install the Debian packages that are missing; no network and no rights when none is.
need_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "Máy này không dùng apt, bỏ qua bước cài gói hệ thống. Cần có sẵn: $*"
    return 0
  fi
  local have missing=() name
  have=$'\n'"$(dpkg-query -W -f '${db:Status-Status} ${Package}, ${Provides}\n' \
    | sed -n 's/^installed //p' | tr ',' '\n' | sed 's/^ *//; s/[ (].*//')"$'\n'
  for name in "$@"; do
    [[ $have == *$'\n'"$name"$'\n'* ]] || missing+=("$name")
  done
  ((${#missing[@]})) || return 0

  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "cần quyền root để cài ${#missing[@]} gói hệ thống mà máy không có sudo." \
      "Chạy một lần bằng root rồi gọi lại lệnh này:" "apt-get install -y --no-install-recommends ${missing[*]}"
    as_root=(sudo)
  fi
  say "Cài ${#missing[@]} gói hệ thống còn thiếu: ${missing[*]}"
  # The man page folder is missing on minimal images, and some packages want to link into it.
  "${as_root[@]}" mkdir -p /usr/share/man/man1
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 -qq)
  "${apt[@]}" update || fail "apt-get update không chạy được." \
    "Kiểm tra mạng và /etc/apt/sources.list, rồi gọi lại lệnh này."
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >"$(log_file apt)" 2>&1 \
    || { tail -n 20 "$(log_file apt)" >&2; fail "apt-get không cài được gói." \
      "Nhật ký đầy đủ: $(log_file apt)" "Thử tay: apt-get install ${missing[*]}"; }
}

# log_file NAME: where a step writes what people need only when it fails.
log_file() {
  mkdir -p "$ROOT/out/log"
  printf '%s/out/log/%s.log' "$ROOT" "$1"
}

# need_venv run|dev: the virtual environment with levelkit (editable) and its tested dependencies.
need_venv() {
  local kind=$1 target=. stamp wanted
  [[ $kind == run ]] || target=".[$kind]"
  stamp="$VENV/levelkit-$kind.stamp"

  # One set-up at a time: ./start and ./check may be called together.
  exec 9<"$ROOT/tools/common.bash"
  flock 9

  local python=python3
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
    || fail "cần Python 3.11 trở lên, máy đang có $("$python" --version 2>&1)." "Dùng Debian 12 hoặc mới hơn."
  # A moved folder or an upgraded Python leaves an environment that only looks whole.
  if ! "$VENV/bin/python" -c 'import sys, pip; sys.exit(sys.prefix != sys.argv[1])' "$VENV" 2>/dev/null; then
    say "Tạo môi trường Python trong .venv"
    rm -rf "$VENV"
    "$python" -m venv "$VENV" || fail "không tạo được môi trường Python trong $VENV." \
      "Kiểm tra quyền ghi và chỗ trống của thư mục này."
  fi
  wanted="$(cat "$ROOT/pyproject.toml" "$ROOT/constraints.txt" | sha256sum) $("$VENV/bin/python" --version)"
  if [[ ! -f $stamp || $(<"$stamp") != "$wanted" ]]; then
    say "Cài thư viện Python vào .venv (lần đầu tải khoảng 150 MB, mất một đến vài phút)"
    rm -f "$VENV"/levelkit-*.stamp
    # The constraint holds for the build backend too, so it goes by environment, where a blank parts two files:
    # hence the name without its folder.
    (cd "$ROOT" && PIP_CONSTRAINT=constraints.txt "$VENV/bin/python" -m pip --disable-pip-version-check install \
      --quiet --editable "$target") >"$(log_file pip)" 2>&1 \
      || { tail -n 20 "$(log_file pip)" >&2; fail "pip không cài được thư viện." \
        "Kiểm tra mạng rồi gọi lại lệnh này; phần đã tải không phải tải lại." "Nhật ký đầy đủ: $(log_file pip)"; }
    printf '%s' "$wanted" >"$stamp"
    # The development set contains the other.
    [[ $kind == run ]] || printf '%s' "$wanted" >"$VENV/levelkit-run.stamp"
  fi
  flock -u 9
}
