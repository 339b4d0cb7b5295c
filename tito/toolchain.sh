# tito / toolchain.sh: what this machine must have before any of our C++ can be built, and how to get it.
# Read by tito/tito. It is shell because it has to work where there is no compiler yet.
#
#   toolchain_report [COMMAND]  prints the table; sets missing_packages (what COMMAND installs),
#                              missing_needed (what it cannot do without) and missing_optional
#   toolchain_install YES      installs $missing_packages with apt-get, after a yes

# name | how to find it | Debian package | needed, recommended or optional
# What is recommended is installed by start and selftest, and done without if a person says no: with clang++ the
# tests are built twice as fast as with g++, with lld they are linked at once; selftest needs both compilers.
toolchain_list() {
  cat <<'LIST'
g++|compiler:g++:11|g++|needed
cmake|program:cmake:3.21|cmake|needed
ninja|build-tool|ninja-build|needed
catch2|header:catch2/catch_all.hpp,catch2/catch.hpp|catch2|needed
json|header:nlohmann/json.hpp|nlohmann-json3-dev|needed
CLI11|header:CLI/CLI.hpp|libcli11-dev|needed
stb_image|header:stb/stb_image.h|libstb-dev|needed
OpenSSL|header:openssl/evp.h|libssl-dev|needed
clang++|compiler:clang++:14|clang|recommended
lld|program:ld.lld:0|lld|recommended
gdb|program:gdb:0|gdb|optional
bubblewrap|program:bwrap:0|bubblewrap|optional
libarchive|header:archive.h|libarchive-dev|optional
LIST
}

# The first version number in what `PROGRAM --version` says.
program_version() {
  "$1" --version 2>/dev/null | sed -n 's/.*[^0-9.]\([0-9][0-9]*\.[0-9][0-9.]*\).*/\1/p' | head -n 1
}

# Is the first part of version $1 (and the second, if the minimum has one) at least $2?
version_at_least() {
  have_major=${1%%.*}; want_major=${2%%.*}
  [ "${have_major:-0}" -gt "$want_major" ] && return 0
  [ "${have_major:-0}" -lt "$want_major" ] && return 1
  case $2 in *.*) ;; *) return 0 ;; esac
  have_rest=${1#*.}; have_minor=${have_rest%%.*}; want_minor=${2#*.}
  [ "${have_minor:-0}" -ge "$want_minor" ]
}

# The compiler that looks for headers: $CXX, g++ or clang++, whichever is there.
any_compiler() {
  for candidate in ${CXX:-} g++ clang++; do
    command -v "$candidate" >/dev/null 2>&1 && { echo "$candidate"; return; }
  done
}

has_header() {
  compiler=$(any_compiler)
  if [ -z "$compiler" ]; then  # no compiler yet: look where Debian would put it
    [ -e "/usr/include/$1" ]
    return
  fi
  printf '#if !__has_include(<%s>)\n#error absent\n#endif\n' "$1" |
    "$compiler" -std=c++20 -x c++ -E - >/dev/null 2>&1
}

package_version() {
  full=$(dpkg-query -W -f '${Version}' "$1" 2>/dev/null) || full=
  full=${full#*:}; full=${full%%-*}
  case $full in 0.0~*) full=found ;; esac
  echo "${full%%+*}"
}

# Sets found (a version or a word, empty if it is missing) and complaint (why what is there will not do).
toolchain_probe() {
  found=; complaint=
  kind=${1%%:*}; rest=${1#*:}
  case $kind in
    program|compiler)
      program=${rest%%:*}; minimum=${rest#*:}
      if command -v "$program" >/dev/null 2>&1; then
        found=$(program_version "$program"); found=${found:-found}
        if [ "$found" != found ] && ! version_at_least "$found" "$minimum"; then
          complaint="too old: needs $minimum or later"
        fi
      fi ;;
    build-tool)
      if command -v ninja >/dev/null 2>&1; then found=$(ninja --version)
      elif command -v make >/dev/null 2>&1; then found=make
      fi ;;
    header)
      for header in $(echo "$rest" | tr ',' ' '); do
        if has_header "$header"; then found=$(package_version "$2"); found=${found:-found}; return 0; fi
      done ;;
  esac
}

# clang++ alone is enough to build and to learn with.
clang_will_do() {
  command -v clang++ >/dev/null 2>&1 && version_at_least "$(program_version clang++)" 14
}

toolchain_report() {
  extra=${1:-}; missing_packages=; missing_needed=; missing_optional=
  while IFS='|' read -r name probe package need; do
    [ "$need" = recommended ] && case $extra in start) ;; selftest) need=needed ;; *) need=optional ;; esac
    toolchain_probe "$probe" "$package"
    if [ -n "$found" ] && [ -z "$complaint" ]; then
      verdict=ok
    elif [ "$name" = g++ ] && [ "$extra" != selftest ] && clang_will_do; then
      verdict="not there; clang++ is used"
    elif [ "$need" = needed ]; then
      verdict="${complaint:-missing}: apt package $package"
      missing_packages="$missing_packages $package"; missing_needed="$missing_needed $package"
    elif [ "$need" = recommended ]; then
      verdict="recommended: apt package $package"
      missing_packages="$missing_packages $package"
    else
      verdict="optional: apt package $package"
      missing_optional="$missing_optional $package"
    fi
    [ -n "${toolchain_quiet:-}" ] || printf '  %-12s  %-9s  %s\n' "$name" "${found:--}" "$verdict"
  done <<LIST
$(toolchain_list)
LIST
  missing_packages=${missing_packages# }; missing_needed=${missing_needed# }; missing_optional=${missing_optional# }
}

# How this user runs apt-get: "apt-get", "sudo apt-get", or nothing if that cannot work.
apt_command() {
  command -v apt-get >/dev/null 2>&1 || return 0
  if [ "$(id -u)" = 0 ]; then echo apt-get
  elif command -v sudo >/dev/null 2>&1; then echo "sudo apt-get"
  fi
}

# Nothing was installed: that ends the command, unless what is missing is only recommended.
without_them() {
  [ -z "$missing_needed" ] || return 3
  echo "  Going on without: $missing_packages"
}

toolchain_install() {
  yes=$1
  [ -n "$missing_packages" ] || return 0
  apt=$(apt_command)
  if [ -z "$apt" ]; then
    echo "These packages are missing, and this user cannot install them: $missing_packages"
    if command -v apt-get >/dev/null 2>&1; then
      echo "  Ask whoever runs this machine for:  apt-get install $missing_packages"
    else
      echo "  This is no Debian or Ubuntu system: install what they contain by its own package manager."
    fi
    without_them; return
  fi
  count=$(echo "$missing_packages" | wc -w | tr -d ' ')
  noun=packages; [ "$count" = 1 ] && noun=package
  if [ "$yes" != yes ]; then
    if [ ! -t 0 ]; then
      echo "To install what is missing:  $apt install $missing_packages"
      echo "  or run this command again with --yes"
      without_them; return
    fi
    printf 'Install %s %s with apt? [Y/n] ' "$count" "$noun"
    read -r answer || answer=n
    case $answer in ''|y|Y|yes|Yes) ;; *) echo "Nothing was installed."; without_them; return ;; esac
  fi
  echo "Installing $count $noun: $missing_packages"
  log=$(mktemp) || return 3
  # shellcheck disable=SC2086  # words are meant to be split: a command and a list
  if { [ "$apt" = apt-get ] && DEBIAN_FRONTEND=noninteractive; export DEBIAN_FRONTEND
       $apt update && $apt install -y --no-install-recommends $missing_packages; } >"$log" 2>&1; then
    rm -f "$log"
    for package in $missing_packages; do printf '  %-22s  installed\n' "$package"; done
  else
    cat "$log"; rm -f "$log"
    echo "apt-get did not install them; its words are above. Then run this command again."
    return 3
  fi
}
