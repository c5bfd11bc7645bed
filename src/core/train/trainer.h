/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemTrainer: from text files to a model folder.
 *
 *   text files -> words -> pieces (WordPiece)        sem_trainer_prepare()
 *   words -> one vector per word (skip-gram)         sem_trainer_run(), or sem_trainer_step() for a lesson that watches
 *   vectors of words -> rows of pieces               sem_trainer_make_rows()
 *   folder                                           sem_trainer_save()
 *
 * Vectors are trained for whole words, also for those that the vocabulary cuts: a piece that is a word takes that word's vector, and
 * the other pieces get the vectors whose averages come nearest to the words they make up.  Rows may be made and saved at
 * any time after the first step: that is the checkpoint. */
#pragma once

#include "core/train/corpus.h"
#include "core/train/relations.h"
#include "core/train/skipgram.h"
#include "core/train/vocabulary.h"

G_BEGIN_DECLS

typedef struct
{
  const SemCorpusFile *files; /* copied */
  gsize n_files;
  const char *const *dictionaries; /* files of n_dictionaries whose lines relate words (relations.h); read besides, or NULL */
  gsize n_dictionaries;
  gsize n_walks;              /* over the dictionaries */
  const char *folder;         /* target; NULL: nothing is saved */
  const char *name;           /* of the model, for people */
  const char *licence;        /* SPDX expression or NULL */
  guint epochs;
  guint threads;
  guint64 min_count;          /* rarer words are not trained */
  guint32 max_words;          /* nor more words than this */
  SemVocabularyOptions vocabulary;
  SemSkipGramOptions skip_gram;
  double context_share;       /* how much of a word's vector as a neighbour is added to its own */
  guint common_directions;    /* removed at the end */
  double common_keep;         /* what is kept of them, 0..1 */
} SemTrainerOptions;

#define SEM_TRAINER_OPTIONS_INIT \
  { .name = "Semblance model", .epochs = 5, .threads = 2, .min_count = 5, .max_words = 150000, .n_walks = 1200000, \
    .vocabulary = SEM_VOCABULARY_OPTIONS_INIT, .skip_gram = SEM_SKIP_GRAM_OPTIONS_INIT, .context_share = 0.3, \
    .common_directions = 2, .common_keep = 0.7 }

typedef struct
{
  const char *phase;       /* "reading", "learning pieces", "training", "finishing": untranslated, static */
  double fraction;         /* of this phase, 0..1 */
  double words_per_second; /* running words of the corpus, 0 outside training */
  double seconds_left;     /* of this phase */
} SemTrainerProgress;

/* Called some times a second from the thread that called the trainer; FALSE asks it to stop. */
typedef gboolean (*SemTrainerFunc) (const SemTrainerProgress *progress, gpointer user_data);

typedef struct _SemTrainer SemTrainer;

/* sem_trainer_new: checks everything that can be checked before work begins: options, that the files can be read and are not empty or
 * binary, that the target can be written.  Errors: SEM_NUMERIC_ERROR_SHAPE, SEM_FORMAT_ERROR_LIMIT, SEM_TEXT_ERROR, G_IO_ERROR, G_FILE_ERROR. */
SemTrainer *sem_trainer_new (const SemTrainerOptions *options, GError **error);
void sem_trainer_free (SemTrainer *self);

/* sem_trainer_prepare: reads the corpus and learns the pieces.  Errors: those of sem_corpus_read(); CANCELLED when func stops it. */
gboolean sem_trainer_prepare (SemTrainer *self, SemTrainerFunc func, gpointer user_data, GError **error);
/* sem_trainer_run: trains with all threads to the end, or until func says stop; then sem_trainer_is_done() is FALSE. */
void sem_trainer_run (SemTrainer *self, SemTrainerFunc func, gpointer user_data);
/* sem_trainer_step: trains on at most n_stretches more stretches (about 10 000 words each), on this thread.  FALSE when
 * nothing is left. */
gboolean sem_trainer_step (SemTrainer *self, gsize n_stretches);
gboolean sem_trainer_is_done (const SemTrainer *self);
double sem_trainer_get_fraction (const SemTrainer *self);

const SemCorpus *sem_trainer_get_corpus (const SemTrainer *self);
GPtrArray *sem_trainer_get_pieces (const SemTrainer *self);
SemSkipGram *sem_trainer_get_skip_gram (const SemTrainer *self);

/* sem_trainer_make_rows: the model's matrix, pieces x dim, owned (g_free), from the vectors as they are now.
 * Length says how much a piece tells: a / (a + share of the corpus), a = 1/1000 (Arora et al. 2017), 1 for a rare word;
 * pieces that no word uses are zero.  Errors: SEM_NUMERIC_ERROR. */
float *sem_trainer_make_rows (SemTrainer *self, GError **error);
gboolean sem_trainer_save (SemTrainer *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SemTrainer, sem_trainer_free)

G_END_DECLS
