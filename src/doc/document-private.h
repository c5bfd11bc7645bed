/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What document.c and document-jobs.c share. */
#pragma once

#include "core/project/project.h"
#include "doc/document.h"

G_BEGIN_DECLS

typedef struct _SemAnalysisJob SemAnalysisJob;
typedef struct _SemHistory SemHistory;

struct _SemDocument
{
  GObject parent_instance;

  /* owned */
  GBytes *text;
  SemModel *model;
  SemAnalysis *analysis;
  SemModel *other;           /* to compare with, or NULL */
  SemComparison *comparison; /* of analysis with the other model's, or NULL */
  GArray *selected; /* of gsize */
  GError *error;
  SemAnalysisJob *job;           /* the one whose result is wanted, or NULL */
  GCancellable *model_cancellable; /* of the opening model, or NULL */
  GCancellable *order_cancellable; /* of the clustered order that is being made, or NULL */
  gconstpointer order_job;         /* its task data, borrowed */
  SemHistory *history;             /* or NULL: nothing is recorded */
  SemPca *wanted_frame;            /* the basis of the next analysis, whatever the one there has; or NULL */

  /* plain state */
  SemAnalysisOptions options;
  SemViewOptions view;
  SemProjectFigure figure; /* owned */
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
  gboolean units_are_mapped; /* the unit to order and to colour by is one of the next analysis already */
  gint64 last_cost_us;   /* of the last complete analysis */
};

/* Marks aspects as changed; announced at the end of this main-loop turn. */
void sem_document_mark (SemDocument *self, guint flags);
/* Something the analysis depends on has changed. */
void sem_document_invalidate (SemDocument *self, gboolean fresh);
/* Starts the analysis that sem_document_invalidate() has put off; called once per turn. */
void sem_document_start_analysis (SemDocument *self);
void sem_document_cancel_analysis (SemDocument *self);
/* Makes analysis (transfer full) the current one: selection and hover follow the text.  comparison (transfer full, may be NULL)
 * has it as its first. */
void sem_document_take_analysis (SemDocument *self, SemAnalysis *analysis, SemComparison *comparison);
/* The analysis there is stays; only the other model's is made anew, when nothing else is under way. */
void sem_document_compare_anew (SemDocument *self);

/* Starts making the clustered orders that the view asks for and the analysis has not; overtakes the ones being made. */
void sem_document_update_order (SemDocument *self);
void sem_document_cancel_order (SemDocument *self);

/* A model or project is being opened: the one before is cancelled, the stage is LOADING. */
void sem_document_begin_opening (SemDocument *self, GCancellable *cancellable);
/* It has ended; FALSE when it was not the newest one, whose result is not wanted any more. */
gboolean sem_document_end_opening (SemDocument *self, GCancellable *cancellable);
/* document-properties.c: the options as properties of the class. */
void sem_document_install_properties (GObjectClass *object_class);
/* The first half of opening a model, which the two models share: sem_model_open() in a worker, with progress.  finish: the
 * model, transfer full, or NULL; *is_current is FALSE when a newer opening has overtaken it. */
void sem_document_start_opening (SemDocument *self,
                                 const char *path,
                                 const char *tensor,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data,
                                 gpointer source_tag);
SemModel *sem_document_finish_opening (SemDocument *self, GAsyncResult *result, gboolean *is_current, GError **error);
/* Sets all options at once without starting an analysis: the one that is there was made with them. */
void sem_document_take_options (SemDocument *self, const SemAnalysisOptions *options, const SemViewOptions *view);

/* document-history.c.  Each records a step before the document starts on what it means for the analysis; text: the new one of n
 * bytes; options and view: those before the change; runs: such changes that follow one another are one step. */
void sem_document_record_text (SemDocument *self, const char *old, gsize n_old, const char *text, gsize n);
void sem_document_record_options (SemDocument *self,
                                  const char *what,
                                  gboolean runs,
                                  const SemAnalysisOptions *options,
                                  const SemViewOptions *view);
void sem_document_record_refit (SemDocument *self);
void sem_document_forget_history (SemDocument *self); /* another document begins */
void sem_document_forget_frames (SemDocument *self);  /* another model begins */
void sem_document_free_history (SemDocument *self);

G_END_DECLS
