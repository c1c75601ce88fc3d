#!/bin/bash
# slurm.sh DIR PORT...: a Slurm cluster on loopback for a test, a node for each port but the first, which is the controller's. It says
# "ready" and runs until its standard input ends or it is told to stop; then nothing of it is left but what is in DIR. Others reach it with
# SLURM_CONF=DIR/slurm.conf.
# slurm.sh --check: says why it cannot run here, and ends with 69 (packages missing) or 77 (not allowed).
set -u
packages="slurmctld slurmd slurm-client munge"

fail() {
  echo "slurm: $2" >&2
  exit "$1"
}

check() {
  local program
  for program in slurmctld slurmd sbatch sinfo munged; do
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null ||
      fail 69 "$program is missing; packages $packages bring it: tests/tools/install.sh"
  done
  [ "$(id -u)" = 0 ] || fail 77 "$packages are there, but a cluster must be started as root"
  unshare --pid --mount-proc --fork true 2>/dev/null || fail 77 "$packages are there, but this machine allows no pid namespace"
}

# configure DIR CONTROLLER-PORT NODE-PORT...
configure() {
  local dir=$1 controller=$2 host number=0 port
  shift 2
  host=$(hostname -s)
  mkdir -p "$dir"/{run,log,state,spool}
  {
    printf '%s\n' ClusterName=test "SlurmctldHost=$host(127.0.0.1)" "SlurmctldPort=$controller" \
      AuthType=auth/munge CryptoType=crypto/munge "AuthInfo=socket=$dir/run/munge" SlurmUser=root SlurmdUser=root \
      "StateSaveLocation=$dir/state" "SlurmdSpoolDir=$dir/spool/%n" "SlurmctldPidFile=$dir/run/controller" "SlurmdPidFile=$dir/run/%n" \
      "SlurmctldLogFile=$dir/log/controller" "SlurmdLogFile=$dir/log/%n" \
      ProctrackType=proctrack/linuxproc TaskPlugin=task/none JobAcctGatherType=jobacct_gather/none MpiDefault=none \
      SelectType=select/cons_tres SelectTypeParameters=CR_CPU ReturnToService=2 SchedulerParameters=bf_interval=1,sched_interval=1,sched_min_interval=1
    for port; do
      number=$((number + 1))
      # few at a time on each, so that the work is on all of them
      echo "NodeName=n$number NodeHostname=$host NodeAddr=127.0.0.1 Port=$port CPUs=2 State=UNKNOWN"
    done
    echo "PartitionName=all Nodes=ALL Default=YES State=UP OverSubscribe=NO"
  } >"$dir/slurm.conf"
  echo CgroupAutomount=no >"$dir/cgroup.conf"
  [ -f "$dir/key" ] || (umask 277 && head -c 1024 /dev/urandom >"$dir/key")
}

# inside the namespace: all of it ends with the first process
inside() {
  local dir=$1 nodes=$(($# - 2)) number
  export SLURM_CONF=$dir/slurm.conf PATH=$PATH:/usr/sbin
  munged --force --foreground --key-file="$dir/key" --socket="$dir/run/munge" --pid-file="$dir/run/munged" --log-file="$dir/log/munge" \
    --seed-file="$dir/run/seed" >"$dir/log/munge.out" 2>&1 &
  for _ in $(seq 100); do [ -S "$dir/run/munge" ] && break; sleep 0.05; done
  slurmctld -D >"$dir/log/controller.out" 2>&1 &
  for number in $(seq "$nodes"); do slurmd -D -N "n$number" >"$dir/log/n$number.out" 2>&1 & done
  for _ in $(seq 300); do
    [ "$(sinfo -h -t idle -o %D 2>/dev/null)" = "$nodes" ] && { echo ready; break; }
    sleep 0.1
  done
  wait
}

case ${1:-} in
  --check) check ;;
  --inside) shift; inside "$@" ;;
  /*)
    check
    [ $# -ge 3 ] || { echo "usage: slurm.sh DIR PORT PORT..." >&2; exit 64; }
    configure "$@"
    unshare --pid --mount-proc --fork --kill-child=KILL bash "$0" --inside "$@" </dev/null &
    cluster=$!
    trap 'kill -KILL "$cluster" 2>/dev/null' EXIT
    trap 'exit 0' TERM INT
    read -r _
    ;;
  *) echo "usage: slurm.sh DIR PORT PORT... | --check, where DIR is an absolute path" >&2; exit 64 ;;
esac
