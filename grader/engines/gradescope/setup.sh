#!/bin/sh
# Gradescope runs this once, as root, when it builds the image: the tools, a user for the students' code, and one run
# on the empty skeleton, so that what all submissions share is compiled already.
set -eu
source=${AUTOGRADER_ROOT:-/autograder}/source
user=${AUTOGRADER_USER:-tinytorch}
id "$user" >/dev/null 2>&1 || useradd --create-home --shell /bin/sh "$user"
"$source/course/tito/tito" start --yes
chown -R "$user" "$source/course/build"
mkdir -p "$source/warm"; chown "$user" "$source/warm"
runuser -u "$user" -- "$source/course/grader/engines/grade_one" "$source/course" "$source/warm" --jobs 1
