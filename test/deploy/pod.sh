# Runs a command as a pod's container has it: a root of its own that is read-only, the image's /app, volumes, a user without rights. Uses
# namespaces of Linux, which need no container engine and no root. The network is this machine's.
#
#   unshare --user --map-root-user --mount sh pod.sh ROOT APP USER GROUP WORKDIR [VOLUME:PATH:ro|rw]... -- COMMAND...
set -eu
root=$1 app=$2 user=$3 group=$4 workdir=$5
shift 5

mount -t tmpfs -o mode=755 tmpfs "$root"
for folder in usr bin lib lib64 etc proc sys; do
  if [ -L "/$folder" ]; then
    ln -s "$(readlink "/$folder")" "$root/$folder"
  elif [ -d "/$folder" ]; then
    mkdir "$root/$folder"
    mount --rbind "/$folder" "$root/$folder"
  fi
done
mkdir "$root/dev" "$root/app"
for device in null random urandom zero; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
# What the image has of this project, see the Dockerfile.
for part in dist node_modules packages/contract; do
  mkdir -p "$root/app/$part"
  mount --bind "$app/$part" "$root/app/$part"
  mount -o remount,bind,ro "$root/app/$part"
done
cp "$app/package.json" "$root/app/"

while [ "$1" != -- ]; do
  volume=${1%%:*} rest=${1#*:}
  path=${rest%:*} mode=${rest##*:}
  shift
  mkdir -p "$root$path"
  mount --bind "$volume" "$root$path"
  mount -o "remount,bind,$mode" "$root$path"
done
shift
mount -o remount,ro "$root"
exec unshare --root="$root" --wd="$workdir" --user --map-user="$user" --map-group="$group" "$@"
