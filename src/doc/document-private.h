/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What document.c and document-jobs.c share. */
#pragma once

#include "doc/document.h"

G_BEGIN_DECLS

typedef struct _SemAnalysisJob SemAnalysisJob;

struct _SemDocument
{
  GObject parent_instance;

  /* owned */
  GBytes *text;
  SemModel *model;
  SemAnalysis *analysis;
  GArray *selected; /* of gsize */
  GError *error;
  SemAnalysisJob *job;           /* the one whose result is wanted, or NULL */
  GCancellable *model_cancellable; /* of the opening model, or NULL */

  /* plain state */
  SemAnalysisOptions options;
  SemViewOptions view;
  SemItem hover;
  SemDragTool drag_tool;
  SemStage stage;
  double progress;
  guint64 revisions[SEM_N_CHANGED];
  guint pending;         /* SemChanged flags not yet announced */
  guint idle_id;         /* announces them */
  guint debounce_id;     /* starts the analysis of a long text */
  gboolean fresh;        /* the next analysis fits its own basis */
  gsize fitted_units;    /* units the current basis was fitted on */
  gint64 last_cost_us;   /* of the last complete analysis */
};

/* Marks aspects as changed; announced at the end of this main-loop turn. */
void sem_document_mark (SemDocument *self, guint flags);
/* Something the analysis depends on has changed. */
void sem_document_invalidate (SemDocument *self, gboolean fresh);
/* Starts the analysis that sem_document_invalidate() has put off; called once per turn. */
void sem_document_start_analysis (SemDocument *self);
void sem_document_cancel_analysis (SemDocument *self);
/* Makes analysis (transfer full) the current one: selection and hover follow the text. */
void sem_document_take_analysis (SemDocument *self, SemAnalysis *analysis);

/* A model or project is being opened: the one before is cancelled, the stage is LOADING. */
void sem_document_begin_opening (SemDocument *self, GCancellable *cancellable);
/* It has ended; FALSE when it was not the newest one, whose result is not wanted any more. */
gboolean sem_document_end_opening (SemDocument *self, GCancellable *cancellable);
/* document-properties.c: the options as properties of the class. */
void sem_document_install_properties (GObjectClass *object_class);
/* Sets all options at once without starting an analysis: the one that is there was made with them. */
void sem_document_take_options (SemDocument *self, const SemAnalysisOptions *options, const SemViewOptions *view);

G_END_DECLS
