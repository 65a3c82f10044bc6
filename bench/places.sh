#!/usr/bin/env bash
# Whether the release zip runs wherever it may: trains two recipes for a few steps, generates and evaluates, each time from a fresh
# copy of the zip in a folder that only root can write to. Needs root (for unshare and setpriv), on Linux.
# Usage: bench/places.sh ZIP [ROOT]
#   ROOT  the root of another system with Java but without a JDK, Maven or network, such as
#         debootstrap --variant=minbase --include=openjdk-17-jre-headless bookworm ROOT
set -uo pipefail
zip=$(readlink -f "$1")
root=${2:+$(readlink -f "$2")}
work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# What a user does, in a folder of the user's; it must leave nothing there but what it was told to write.
cat >"$work/steps.sh" <<'STEPS'
set -eu
small="--set train.steps=3 --set train.batch=4 --set train.sample-every=3 --set train.checkpoint-every=3"
for recipe in ring-plain mnist-mlp; do
  "$GANDER" train $recipe --run "$recipe" $small
  "$GANDER" generate "$recipe" --count 4 --out "$recipe.png"
done
"$GANDER" evaluate ring-plain --count 100
test -s mnist-mlp.png -a -s ring-plain.png
left=$(ls -A | grep -vxE 'ring-plain|mnist-mlp|ring-plain.png|mnist-mlp.png' || true)
test -z "$left" || { echo "left in the working directory: $left"; exit 1; }
STEPS

gander="$work/gander"
mkdir "$gander"
(cd "$gander" && { unzip -q "$zip" 2>/dev/null || jar xf "$zip"; } && mv gander-*/* . && chmod +x bin/gander && chmod -R go+rX .) || exit 1
java_home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.home = //p')

report() { # STATUS NAME LOG
  if [ "$1" = 0 ]; then passed=$((passed + 1)); echo "ok   $2"; else failed=$((failed + 1)); echo "FAIL $2"; tail -n 5 "$3"; fi
}

# Runs the steps in an empty environment: NAME UID VARIABLE=VALUE...
place() {
  local name=$1 uid=$2
  shift 2
  local home="$work/$uid-$RANDOM"
  mkdir -p "$home" && chown "$uid:$uid" "$home"
  (cd "$home" && unshare -n setpriv --reuid "$uid" --regid "$uid" --clear-groups \
    env -i PATH=/usr/bin:/bin JAVA_HOME="$java_home" GANDER="$gander/bin/gander" "$@" sh "$work/steps.sh") >"$home.log" 2>&1 </dev/null
  report $? "$name" "$home.log"
  rm -rf "$home"
}

install -d -m 700 -o 54321 -g 54321 "$work/home"
place "a user without a name, no HOME, no network" 54321
place "a user without a name, HOME=/" 54321 HOME=/
place "a user without a name, a HOME of its own" 54321 HOME="$work/home"
place "GANDER_CACHE" 54321 GANDER_CACHE="$work/home/cache"
place "root" 0 HOME=/root GANDER_CACHE="$work/cache"
place "no locale, TZ of the other side of the world" 54321 LC_ALL=C TZ=Pacific/Kiritimati
place "Turkish" 54321 GANDER_OPTS="-Duser.language=tr -Duser.country=TR"
place "German" 54321 GANDER_OPTS="-Duser.language=de -Duser.country=DE" LC_ALL=C.UTF-8
mv "$gander" "$work/moved"
gander="$work/moved"
place "moved" 54321

if [ -n "$root" ]; then
  # A root that cannot be written to, but for /tmp and the user's folder.
  mkdir -p "$root/opt/gander" "$root/opt/user" "$work/user" && chown 54321:54321 "$work/user"
  unshare -n -m sh -c '
    mount --bind "$1" "$1" && mount --bind "$2" "$1/opt/gander" && mount --bind "$3" "$1/opt/user" && mount -t tmpfs tmpfs "$1/tmp" &&
    mount -t proc proc "$1/proc" && mount -o remount,bind,ro "$1" && mount -o remount,bind,ro "$1/opt/gander" &&
    chmod 1777 "$1/tmp" && cp "$4" "$1/tmp/steps.sh" &&
    exec chroot --userspec=54321:54321 "$1" env -i PATH=/usr/bin:/bin GANDER=/opt/gander/bin/gander \
      sh -c "cd /opt/user && ! touch /opt/written 2>/dev/null && exec sh /tmp/steps.sh"' \
    sh "$root" "$gander" "$work/user" "$work/steps.sh" >"$work/root.log" 2>&1 </dev/null
  report $? "another system: read-only, a user without a name, no network, Java only" "$work/root.log"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
