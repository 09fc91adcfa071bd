#!/usr/bin/env bash
# Signs the plugin of examples/AspNetPricing with a new key, which its trust.json then trusts in place of the one before.
# Nobody keeps the private key. Run it when the plugin's module or manifest has changed.
set -euo pipefail
cd "$(dirname "$0")/../examples/AspNetPricing"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

plugins() { dotnet run --project ../../src/Plugins.Cli -- "$@"; }

plugins keygen "$scratch/key.pem"
plugins sign plugin --key "$scratch/key.pem"
cat > trust.json <<END
{
  "keys": [{ "name": "pricing", "pem": "$(awk '{ printf "%s\\n", $0 }' "$scratch/key.pub")" }],
  "publishers": [{ "name": "acme", "keys": ["pricing"] }],
  "maximumManifestAgeDays": 36500
}
END
