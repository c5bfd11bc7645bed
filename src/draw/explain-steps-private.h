/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a word as data, shared by what makes them (explain-steps.c) and their picture (explain-picture.c). */
#pragma once

#include "draw/explain-steps.h"

G_BEGIN_DECLS

typedef enum
{
  SEM_STEP_TRY,     /* WordPiece looks a stretch up */
  SEM_STEP_SYMBOLS, /* what BPE starts from */
  SEM_STEP_MERGE,   /* two neighbours become one */
  SEM_STEP_EDGE,    /* one piece in Unigram's lattice */
  SEM_STEP_RESULT,
} SemStepKind;

typedef struct
{
  SemStepKind kind;
  guint32 start, middle, end; /* bytes of the pre-token; middle: of a merge */
  guint32 id;                 /* G_MAXUINT32: not in the vocabulary */
  guint32 rank;               /* of a merge */
  double score, best;         /* of an edge */
  gboolean on_path;
  char *piece; /* what was looked up or made, as the vocabulary writes it */
} SemExplainStep;

struct _SemExplainSteps
{
  gatomicrefcount ref_count;
  char *original, *normalized;
  char *text; /* the pre-token as the model sees it */
  gsize length;
  gboolean added;    /* an added token: nothing is cut */
  GArray *steps;     /* SemExplainStep, the result last */
  GArray *pieces;    /* SemPiece: the result */
  GPtrArray *names;  /* char *: the pieces as the vocabulary writes them */
  guint32 *joined_at; /* BPE, one per byte of text and one: the step that removes the boundary before it; 0: there is none;
                         G_MAXUINT32: it stays.  Else NULL */
  gsize n_left_out;  /* steps beyond SEM_EXPLAIN_MAX_STEPS */
  double sum;        /* Unigram: of the best path; else NAN */
};

G_END_DECLS
