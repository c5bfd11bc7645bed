#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# train.sh CORPUS-DIR TARGET-DIR [SEMBLANCE-CLI]: trains this model again from the corpus (*.txt.xz and more/*.txt.xz).
# The trainer reads plain text and gzip; the corpus is xz, so it is unpacked into a temporary folder first (about 500 MB).
# With two threads the updates race, so the result is equal in quality but not to the bit; THREADS=1 makes it repeatable.
set -eu
corpus=$1
target=$2
cli=${3:-semblance-cli}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for packed in "$corpus"/*.txt.xz "$corpus"/more/*.txt.xz; do
  xz -dc "$packed" > "$work/$(basename "$packed" .xz)"
done
cd "$work"
case $target in /*) ;; *) target=$OLDPWD/$target ;; esac
case $cli in */*) case $cli in /*) ;; *) cli=$OLDPWD/$cli ;; esac ;; esac
"$cli" train -o "$target" --name "Semblance English" --licence CC-BY-SA-4.0 \
  --threads "${THREADS:-2}" --seed 1 --dim 240 --epochs 3 --walks 2000000 --context-share 0.3 --common 2 --common-keep 0.7 \
  --dictionary wordnet_glosses.txt --dictionary wordnet_taxonomy.txt \
  captions_coco.txt=3 classics.txt factbook.txt masc.txt=2 recipes.txt=3 sgd_dialogues.txt simple_wikipedia.txt=3 \
  stories.txt=3 tatoeba.txt=2 us_presidential_speeches.txt wikipedia_leads.txt wikipedia_other.txt \
  wikipedia_rare_everyday.txt=2 wikipedia_vital.txt wikipedia_vital_800.txt wordnet_glosses.txt=2 wordnet_taxonomy.txt \
  wordset.txt=2 wikipedia_other_tail_00.txt wikipedia_other_tail_01.txt wikipedia_vital_tail.txt wikipedia_vital_800_tail.txt
