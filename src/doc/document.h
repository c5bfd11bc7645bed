/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemDocument: the only mutable shared state of the window.  Knows no widget and no GTK.
 *
 * It keeps the text, the model, the options, what is hovered and selected, and the current SemAnalysis, which a worker
 * builds: the newest input wins, a running job is cancelled, a late result is dropped.  Change is announced once per
 * main-loop turn by `changed (flags)` at G_PRIORITY_HIGH_IDLE, before the next redraw; a result that can be had within
 * a few milliseconds is waited for there, so that key and picture share one frame.
 *
 * The map's frame: the basis stays while the text is edited, and is fitted anew for a fresh text (at most a third of the
 * old one is left), another model or unit, sem_document_refit(), and when the text has grown to twice the units it was
 * fitted on - a basis of three words says nothing about a paragraph.
 *
 * Main thread only, except where stated. */
#pragma once

#include "core/analysis/comparison.h"
#include "core/analysis/item.h"
#include "core/analysis/view-options.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_CHANGED_TEXT = 1 << 0,
  SEM_CHANGED_MODEL = 1 << 1,
  SEM_CHANGED_OPTIONS = 1 << 2,  /* analysis options */
  SEM_CHANGED_VIEW = 1 << 3,     /* view options */
  SEM_CHANGED_ANALYSIS = 1 << 4, /* another snapshot */
  SEM_CHANGED_HOVER = 1 << 5,
  SEM_CHANGED_SELECTION = 1 << 6,
  SEM_CHANGED_STAGE = 1 << 7, /* stage, error, progress */
  SEM_CHANGED_ORDER = 1 << 8, /* a clustered order, or words behind the map, that were asked for are there now */
  SEM_CHANGED_HISTORY = 1 << 9, /* what can be undone or redone */
} SemChanged;
#define SEM_N_CHANGED 10

typedef enum
{
  SEM_STAGE_EMPTY,   /* no model yet */
  SEM_STAGE_LOADING, /* a model is being opened */
  SEM_STAGE_READY,
  SEM_STAGE_FAILED, /* the last analysis had an error; the one before is still there */
} SemStage;

/* What a drag in a picture does.  Not saved; Shift and a drag always draw a rubber band. */
typedef enum
{
  SEM_DRAG_MOVE, /* pans; a band where nothing can be panned */
  SEM_DRAG_BOX,
  SEM_DRAG_LASSO,
} SemDragTool;

#define SEM_TYPE_DOCUMENT (sem_document_get_type ())
G_DECLARE_FINAL_TYPE (SemDocument, sem_document, SEM, DOCUMENT, GObject)

SemDocument *sem_document_new (void);

/* Text: UTF-8 without NUL; anything else is refused with SEM_TEXT_ERROR_ENCODING and the byte offset. */
gboolean sem_document_set_text (SemDocument *self, const char *text, gssize length, GError **error);
const char *sem_document_get_text (SemDocument *self, gsize *length); /* ends in a NUL that length does not count */
/* Checks without setting; for a file before the old text is given up. */
gboolean sem_text_validate (const char *text, gsize length, GError **error);

void sem_document_set_model (SemDocument *self, SemModel *model);
SemModel *sem_document_get_model (SemDocument *self);
/* Opens path (NULL: the built-in model) in a worker and then sets it.  On an error the old model stays. */
void sem_document_open_model_async (SemDocument *self,
                                    const char *path,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* The same with this tensor of it as the matrix (NULL: the program chooses); ends with sem_document_open_model_finish(), too. */
void sem_document_open_tensor_async (SemDocument *self,
                                     const char *path,
                                     const char *tensor,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean sem_document_open_model_finish (SemDocument *self, GAsyncResult *result, GError **error);
/* Stops the model or project that is being opened, if any; its callback gets G_IO_ERROR_CANCELLED. */
void sem_document_cancel_opening (SemDocument *self);

/* Takes text, model and result of an analysis made elsewhere (before the window existed); the numbers are used when it was
 * made with the document's options, else they are made again. */
void sem_document_adopt_analysis (SemDocument *self, SemAnalysis *analysis);

/* A second model to compare the first with, analysed beside it with the same options (document-other.c).  Opening is as above:
 * on an error, or when another model is opened meanwhile, the one before stays. */
void sem_document_open_other_model_async (SemDocument *self,
                                          const char *path,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean sem_document_open_other_model_finish (SemDocument *self, GAsyncResult *result, GError **error);
void sem_document_set_other_model (SemDocument *self, SemModel *model); /* NULL: stop comparing */
SemModel *sem_document_get_other_model (SemDocument *self);             /* borrowed; NULL: none */
/* Of the current analysis with the other model's; borrowed.  NULL without another model, and until its first analysis. */
SemComparison *sem_document_get_comparison (SemDocument *self);

const SemAnalysisOptions *sem_document_get_options (SemDocument *self);
const SemViewOptions *sem_document_get_view_options (SemDocument *self);
void sem_document_set_heatmap_view (SemDocument *self, const SemViewport *viewport);
/* The heatmap's range by hand: finite numbers; an end moved past the other takes it along.  FALSE when nothing changed. */
gboolean sem_document_set_range (SemDocument *self, double min, double max);
void sem_document_set_map_view (SemDocument *self, const SemViewport *viewport);

SemAnalysis *sem_document_get_analysis (SemDocument *self); /* borrowed; NULL before the first */
SemStage sem_document_get_stage (SemDocument *self);
const GError *sem_document_get_error (SemDocument *self);
double sem_document_get_progress (SemDocument *self); /* of the opening model, 0..1 */
gboolean sem_document_is_busy (SemDocument *self);    /* an analysis is under way */
guint64 sem_document_get_revision (SemDocument *self, SemChanged aspect);
void sem_document_refit (SemDocument *self);
/* Waits at most budget_us for the analysis under way and takes it if it came; TRUE when none is under way any more. */
gboolean sem_document_wait (SemDocument *self, gint64 budget_us);

/* Focus.  Unit indices are those of the current analysis. */
void sem_document_get_focus (SemDocument *self, SemFocus *focus); /* borrows the selection */
void sem_document_set_hover (SemDocument *self, const SemItem *item);
void sem_document_clear_hover (SemDocument *self);
void sem_document_set_selection (SemDocument *self, const gsize *units, gsize n_units);
void sem_document_select_item (SemDocument *self, const SemItem *item);
void sem_document_toggle_item (SemDocument *self, const SemItem *item); /* Ctrl + click */
void sem_document_extend_to_item (SemDocument *self, const SemItem *item); /* Shift + click: a range */
void sem_document_clear_selection (SemDocument *self);
/* How the map is turned, in degrees: yaw comes round, pitch stops straight up and down. */
void sem_document_set_map_turn (SemDocument *self, double yaw, double pitch);
/* Shows a principal component across (axis 0) or up (1); what the other axis shows is swapped with it. */
void sem_document_set_component (SemDocument *self, guint axis, gsize component);
SemDragTool sem_document_get_drag_tool (SemDocument *self); /* property drag-tool */
/* Orders the heatmap by similarity to a unit. */
void sem_document_order_by (SemDocument *self, gsize unit);
/* Colours the map by the cosine to a unit. */
void sem_document_color_by (SemDocument *self, gsize unit);
/* The pair to speak about: hovered pair, or hovered unit with the selected one, or the two selected. */
gboolean sem_document_get_pair (SemDocument *self, gsize *a, gsize *b);

G_END_DECLS
