/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemRelations: what dictionary-like lines of a corpus say about how words are related, and random walks over it.
 *
 * Two kinds of lines are understood, others are passed over:
 *   "pup, whelp: young of any of various canines"         members of one meaning, and its definition
 *   "puppy or pup is a kind of dog or domestic dog."      one meaning below another
 * A meaning is named by its first three members, so "frank or frankfurter or hotdog" and "frank, frankfurter, hotdog, weenie: ..." are
 * one, and "frank, blunt, candid: ..." is another.  A walk goes from meaning to meaning and says one of its words at each: fed to the
 * trainer as sentences, walks put into the vectors what a dictionary knows and running text seldom says (Goikoetxea, Soroa,
 * Agirre 2015, random walks over WordNet). */
#pragma once

#include "core/train/corpus.h"
#include "core/train/rng.h"

G_BEGIN_DECLS

typedef struct _SemRelations SemRelations;

/* sem_relations_read: from plain or gzip files.  Words that corpus does not know are left out.  Errors: those of reading a corpus. */
SemRelations *sem_relations_read (const char *const *paths, gsize n_paths, const SemCorpus *corpus, GError **error);
void sem_relations_free (SemRelations *self);

gsize sem_relations_get_n_meanings (const SemRelations *self);
/* Does the word head a line, alone? */
gboolean sem_relations_is_headword (const SemRelations *self, guint32 word);
#define SEM_WALK_MAX 20
/* sem_relations_walk: one walk of 2 to SEM_WALK_MAX words from a random headword (drawn by the root of its count); 0 when it
 * came to nothing. */
gsize sem_relations_walk (const SemRelations *self, SemRng *rng, guint32 words[SEM_WALK_MAX]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemRelations, sem_relations_free)

G_END_DECLS
