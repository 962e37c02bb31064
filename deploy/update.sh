#!/bin/sh
# Brings a release into service without a pause, and takes it back when it does not prove itself.
#   deploy/update.sh RELEASE
# RELEASE is chatsg-VERSION.tar.gz (with chatsg-VERSION.tar.gz.sha256 beside it), its https address, a folder, or git:REF of CHATSG_REPOSITORY.
#
# CHATSG_HOME      /opt/chatsg: releases/, and current, which points to one of them
# CHATSG_ENV_FILE  /etc/chatsg/chatsg.env, linked into each release
# CHATSG_URL       http://127.0.0.1:3000: where the server answers
# CHATSG_RELOAD    systemctl reload chatsg: replaces the processes one by one
# CHATSG_KEEP      5 releases are kept
# CHATSG_GATE      180 seconds until the new release has to serve
# ADMIN_API_KEY    from the environment or CHATSG_ENV_FILE: the version of the server is told to operators alone
set -eu

home=${CHATSG_HOME:-/opt/chatsg}
env_file=${CHATSG_ENV_FILE:-/etc/chatsg/chatsg.env}
url=${CHATSG_URL:-http://127.0.0.1:3000}
reload=${CHATSG_RELOAD:-systemctl reload chatsg}
keep=${CHATSG_KEEP:-5}
gate=${CHATSG_GATE:-180}

say() { echo "update: $*"; }
give_up() {
  echo "update: $*" >&2
  exit 1
}

[ $# -eq 1 ] || give_up "Name one release: deploy/update.sh chatsg-1.2.3.tar.gz"
source=$1
mkdir -p "$home/releases"
exec 9>"$home/.updating"
flock -n 9 || give_up "Another update is running; wait for its end."

draft=$(mktemp -d "$home/releases/.draft-XXXXXX")
downloads=$(mktemp -d)
trap 'rm -rf "$draft" "$downloads"' EXIT
rm -rf "$home"/releases/.failed-*

# 1. Fetch
case $source in
  git:*)
    [ -n "${CHATSG_REPOSITORY:-}" ] || give_up "Set CHATSG_REPOSITORY to the address of the repository."
    git -c advice.detachedHead=false clone --quiet --depth 1 --branch "${source#git:}" "$CHATSG_REPOSITORY" "$draft"
    ;;
  https://*)
    archive=$downloads/$(basename "$source")
    curl -fsSL -o "$archive" "$source"
    curl -fsSL -o "$archive.sha256" "$source.sha256"
    ;;
  *)
    if [ -d "$source" ]; then cp -a "$source/." "$draft/"; else archive=$source; fi
    ;;
esac
if [ -n "${archive:-}" ]; then
  [ -f "$archive" ] || give_up "There is no file $archive."
  [ -f "$archive.sha256" ] || give_up "The checksum $archive.sha256 is missing; it comes with the archive."
  (cd "$(dirname "$archive")" && sha256sum --check --status "$(basename "$archive").sha256") ||
    give_up "$archive is damaged: its checksum is another one. Nothing was changed."
  tar -xzf "$archive" -C "$draft" --strip-components=1 --no-same-owner
fi
[ -f "$draft/backend/server.js" ] || give_up "$source is no release of ChatSG: it has no backend/server.js."
chmod 755 "$draft"

# 2. Install, and build where the web app does not come with the release
cd "$draft"
if [ -e node_modules ]; then
  say "the packages came with the release"
elif [ -f frontend/dist/index.html ]; then
  npm ci --omit=dev --no-audit --no-fund --loglevel=error
else
  npm ci --include=dev --no-audit --no-fund --loglevel=error
  npm run --silent build
  npm prune --omit=dev --no-audit --no-fund --loglevel=error
fi
[ -f frontend/dist/index.html ] || give_up "The web app was not built."
[ ! -f "$env_file" ] || ln -sfn "$env_file" "backend/.env.${CHATSG_ENVIRONMENT:=production}"
[ ! -f "$env_file" ] || export CHATSG_ENVIRONMENT

node=$(ls -d "$draft"/node_modules/node-*/bin/node 2>/dev/null | head -n 1)
[ -n "$node" ] || give_up "The packages do not bring Node along; run npm ci with optional dependencies."
chatsg() { "$node" "$draft/backend/cli.js" "$@"; }
version=$("$node" -p 'require("./package.json").version')
name=$version-$(date -u +%Y%m%d%H%M%S)
release=$home/releases/$name

# 3. Validate
chatsg config validate || give_up "The configuration does not fit $version; the lines above say why. Nothing was changed."

# 4. Migrate; the processes that serve go on with what they know
pending=$(chatsg migrate status --json | "$node" -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).pending.length')
if [ "$pending" -gt 0 ] && [ -e "$home/current" ]; then
  say "$pending migrations will run; a backup first"
  chatsg backup || give_up "The backup failed, so nothing was migrated."
fi
chatsg migrate up || give_up "A migration failed and was rolled back; $version is not in service."

cd "$home"
mv "$draft" "$release"
node=$release${node#"$draft"}

# 5. Switch and reload
point_to() {
  ln -sfn "$1" "$home/.current-next"
  mv -T "$home/.current-next" "$home/current"
}

# Ready three times in a row, as the version that is wanted where it can be told.
serves() {
  CHATSG_ENV_FILE=$env_file "$node" -e '
    const { readFileSync, existsSync } = require("fs")
    const [url, wanted, seconds] = process.argv.slice(1)
    const file = process.env.CHATSG_ENV_FILE
    const inFile = existsSync(file) ? /^ADMIN_API_KEY=(.*)$/m.exec(readFileSync(file, "utf8"))?.[1]?.trim().replace(/^(["\x27])(.*)\1$/, "$2") : undefined
    const key = process.env.ADMIN_API_KEY || inFile
    if (!key) console.error("update: ADMIN_API_KEY is not set, so readiness alone decides, not the version")
    const ask = (path) => fetch(url + path, { headers: key ? { authorization: `Bearer ${key}` } : {}, signal: AbortSignal.timeout(5000) })
    const wait = (ms) => new Promise((done) => setTimeout(done, ms))
    ;(async () => {
      let inARow = 0, last = "nothing answered"
      for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(500)) {
        try {
          const ready = await ask("/api/health?check=readiness")
          const { version } = await (await ask("/api/health")).json()
          const isWanted = version === undefined ? !key : version === wanted
          last = `readiness ${ready.status}, version ${version ?? "not told"}`
          inARow = ready.ok && isWanted ? inARow + 1 : 0
          if (inARow === 3) process.exit(0)
        } catch (error) {
          inARow = 0
          last = error.cause?.code ?? error.message
        }
      }
      console.error(`update: waited ${seconds} s for version ${wanted}; last seen: ${last}`)
      process.exit(1)
    })()' "$url" "$1" "$2"
}

previous=
[ ! -L "$home/current" ] || previous=$(readlink -f "$home/current")
point_to "$release"
if [ -z "$previous" ]; then
  say "$version is installed at $home/current. Start it: systemctl enable --now chatsg"
  exit 0
fi
say "$version follows $(basename "$previous")"

# 6. Health gate, and the way back
if sh -c "$reload" && serves "$version" "$gate"; then
  say "$version serves"
else
  point_to "$previous"
  old=$("$node" -p 'require(process.argv[1]).version' "$previous/package.json")
  sh -c "$reload" || true
  [ "$pending" -eq 0 ] ||
    say "the database was migrated by $version; if $old does not come up on it, restore the backup above with npm run restore" >&2
  if serves "$old" "$gate"; then
    mv "$release" "$home/releases/.failed-$name"
    give_up "$version did not prove itself; $old serves again. What failed is kept in releases/.failed-$name; the log says why."
  fi
  give_up "$version did not prove itself, and $old does not serve either: journalctl -u chatsg, then systemctl restart chatsg."
fi

# 7. Older releases go; the running processes may still use the Node of the one before.
ls -1d "$home"/releases/[!.]* | sort | head -n "-$keep" | while read -r old; do
  [ "$old" = "$release" ] || [ "$old" = "$previous" ] || rm -rf "$old"
done
