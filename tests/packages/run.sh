#!/usr/bin/env bash
# Uses the packages as somebody does who has nothing but them: each in a project of its own outside the repository, with the program
# that the package's README shows. Needs what `dotnet build -c Release` makes;
# CONFIGURATION=Debug takes what `dotnet build` makes.
#   tests/packages/run.sh [--only-build FOLDER] [PACKAGE...]
# PACKAGE is the name of a package; all of them when none is named. With --only-build the programs are built into FOLDER and not run;
# there they take the port from their first argument.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
root=$PWD
work=""
servers=()
packages=()

fail() {
  echo "packages: $1" >&2
  exit 1
}

while [ $# -gt 0 ]; do
  case "$1" in
    --only-build)
      [ $# -gt 1 ] || fail "--only-build wants a folder"
      work=$2
      shift 2
      ;;
    -*) fail "there is no option $1; there is --only-build FOLDER" ;;
    *)
      [ -f "src/$1/README.md" ] || [ -f "spec/$1/README.md" ] || fail "there is no package $1"
      packages+=("$1")
      shift
      ;;
  esac
done
is_run=$([ -z "$work" ] && echo 1 || true)
work=${work:-$(mktemp -d)}
mkdir -p "$work"

leave() {
  for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done
  [ -z "$is_run" ] || rm -rf "$work"
}
trap leave EXIT

readme_of() { if [ -f "spec/$1/README.md" ]; then echo "spec/$1/README.md"; else echo "src/$1/README.md"; fi; }

# what is packed: the packages and all that they bring along
needed=()
if [ ${#packages[@]} -gt 0 ]; then
  for package in "${packages[@]}"; do
    folder=$(dirname "$(readme_of "$package")")
    mapfile -t brought < <(sed -nE 's|^ +"(SmtpModel\.[A-Za-z.]+)/[^"]*": \{$|\1|p' "$folder/obj/project.assets.json" | sort -u)
    needed+=("$package" "${brought[@]}")
  done
else
  for readme in src/*/README.md spec/*/README.md; do
    package=$(basename "$(dirname "$readme")")
    [ "$package" = SmtpModel.Cli ] || packages+=("$package")
  done
fi
packed=$(printf '%s\n' "${needed[@]+"${needed[@]}"}" | sort -u | paste -sd ';')
dotnet msbuild tests/packages/feed.proj -v:q -nologo "-p:Feed=$work/feed" ${packed:+"-p:Packed=\"$packed\""} >"$work/pack.log" 2>&1 ||
  { cat "$work/pack.log" >&2; fail "the packages could not be made"; }

# a project outside the repository: the local folder, and whatever sources the machine has; nothing is put among the machine's packages
build() {
  local package=$1 folder=$work/$1 more=${2:-} version
  version=$(basename "$(find "$work/feed" -name "$package.[0-9]*.nupkg" | head -n 1)" .nupkg)
  [ -n "$version" ] || fail "there is no package $package"
  mkdir -p "$folder"
  awk '/^```csharp$/ { on = 1; next } /^```$/ { if (on) exit } on' "$(readme_of "$package")" >"$folder/Program.cs"
  [ -s "$folder/Program.cs" ] || fail "the README of $package shows no program"
  case $package in
    # the tests of a class are given no arguments
    SmtpModel.Testing.Xunit) sed -i 's/2525/int.Parse(Environment.GetEnvironmentVariable("PORT")!)/' "$folder/Program.cs" ;;
    *) sed -i 's/2525/int.Parse(args[0])/' "$folder/Program.cs" ;;
  esac
  cat >"$folder/Consumer.csproj" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <RestoreAdditionalProjectSources>$work/feed</RestoreAdditionalProjectSources>
    <RestorePackagesPath>$work/packages</RestorePackagesPath>
    <RestoreFallbackFolders>\$(NuGetPackageRoot);${NUGET_PACKAGES:-$HOME/.nuget/packages}</RestoreFallbackFolders>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="$package" Version="${version#"$package".}" />
    $more
  </ItemGroup>
</Project>
END
  # nothing of the repository reaches it
  echo '<Project />' | tee "$folder/Directory.Build.props" "$folder/Directory.Build.targets" >"$folder/Directory.Packages.props"
  dotnet build "$folder" -c Release -o "$folder/out" -v:q -nologo -clp:NoSummary >"$folder/build.log" 2>&1 ||
    { cat "$folder/build.log" >&2; fail "the program of the README of $package does not build"; }
}

central() { sed -nE "s/.*PackageVersion Include=\"$1\" Version=\"([^\"]*)\".*/\1/p" Directory.Packages.props; }

for package in "${packages[@]}"; do
  case $package in
    SmtpModel.Testing.Xunit) build "$package" "<PackageReference Include=\"xunit.v3\" Version=\"$(central xunit.v3)\" />" ;;
    SmtpModel.Diagrams)
      spec=$(basename "$(find "$work/feed" -name 'SmtpModel.Spec.[0-9]*.nupkg' | head -n 1)" .nupkg)
      build "$package" "<PackageReference Include=\"SmtpModel.Spec\" Version=\"${spec#SmtpModel.Spec.}\" />"
      ;;
    *) build "$package" ;;
  esac
  echo "packages: $package builds by itself"
done
[ -n "$is_run" ] || exit 0

# run: the server of one README is what the others test
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
run() {
  local given=("$port")
  # a test project wants its arguments for itself
  [ "$1" != SmtpModel.Testing.Xunit ] || given=()
  (cd "$work/$1" && PORT=$port timeout 300 dotnet out/Consumer.dll "${given[@]}") >"$work/$1/run.log" 2>&1
}
shows() { grep -qE "$2" "$work/$1/run.log" || { cat "$work/$1/run.log" >&2; fail "the program of $1 did not print $2"; }; }
port=$(free_port)
if [[ " ${packages[*]} " == *" SmtpModel.Server "* ]]; then
  (cd "$work/SmtpModel.Server" && exec dotnet out/Consumer.dll "$port") >"$work/SmtpModel.Server/run.log" 2>&1 &
  servers+=($!)
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    sleep 0.1
  done
fi
for package in "${packages[@]}"; do
  case $package in
    SmtpModel.Server) continue ;;
    # a server that takes all mailboxes and keeps the rules
    *) run "$package" || { cat "$work/$package/run.log" >&2; fail "the program of $package failed"; } ;;
  esac
  case $package in
    SmtpModel.Protocol) shows "$package" '^250, and SIZE is 1000$' ;;
    SmtpModel.Machines) shows "$package" '^Dark ON / 200 Lit \(Lamps 1\)$' ;;
    SmtpModel.Spec) shows "$package" '^DATA there: 503$' ;;
    SmtpModel.Diagrams) shows "$package" '^stateDiagram-v2$' ;;
    SmtpModel.Reports) shows "$package" '^0 of [1-9][0-9]* cases failed$' ;;
    SmtpModel.Watching) shows "$package" '^[1-9][0-9]* scenarios, ' ;;
    SmtpModel.Testing.Embedded) shows "$package" '^the mutant .*: [1-9][0-9]* failures$' ;;
    SmtpModel.Testing.Xunit) shows "$package" 'Failed: 0' ;;
    *) ;;
  esac
  echo "packages: $package does what its README says"
done

# the tool, as the README of SmtpModel says; only in a run of all packages, since it has all of them inside
tool=$(find "$work/feed" -name 'SmtpModel.[0-9]*.nupkg' | head -n 1)
[ -n "$tool" ] || exit 0
version=$(basename "$tool" .nupkg)
dotnet tool install SmtpModel --version "${version#SmtpModel.}" --tool-path "$work/tool" --add-source "$work/feed" >"$work/tool.log" 2>&1 ||
  { cat "$work/tool.log" >&2; fail "the tool is not installed"; }
"$work/tool/smtpmodel" test "127.0.0.1:$port" --rcpt user@your.domain >>"$work/tool.log" 2>&1 ||
  { cat "$work/tool.log" >&2; fail "the tool does not pass a server that is right"; }
echo "packages: the tool SmtpModel does what its README says"
