/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The document's state and the one signal.  Its properties are in document-properties.c, the
 * workers in document-jobs.c. */
#include "doc/document-private.h"

#include "core/error.h"
#include "doc/document-history.h"
#include "doc/selection.h"

#include <string.h>

/* A result that is expected within this time is waited for before the change is announced. */
#define WAIT_BUDGET_US 11000
/* An analysis that took longer than this last time is put off until the typing rests. */
#define DEBOUNCE_COST_US 40000
#define DEBOUNCE_MS 150

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemDocument, sem_document, G_TYPE_OBJECT)

/* --- announcing ---------------------------------------------------------------------------------
 */

static gboolean
announce_cb (gpointer data)
{
  g_autoptr (SemDocument) self = g_object_ref (SEM_DOCUMENT (data));
  guint flags;

  self->idle_id = 0;
  if (self->job != NULL && self->last_cost_us < WAIT_BUDGET_US)
    {
      sem_document_wait (self, WAIT_BUDGET_US);
      g_clear_handle_id (&self->idle_id, g_source_remove);
    }
  flags = self->pending;
  self->pending = 0;
  if (flags & (SEM_CHANGED_VIEW | SEM_CHANGED_ANALYSIS))
    sem_document_update_order (self);
  if (flags != 0)
    g_signal_emit (self, signals[CHANGED], 0, flags);
  return G_SOURCE_REMOVE;
}

void
sem_document_mark (SemDocument *self, guint flags)
{
  for (guint i = 0; i < SEM_N_CHANGED; i++)
    if (flags & (1u << i))
      self->revisions[i]++;
  self->pending |= flags;
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, announce_cb, self, NULL);
}

static gboolean
debounce_cb (gpointer data)
{
  SemDocument *self = data;

  self->debounce_id = 0;
  sem_document_start_analysis (self);
  return G_SOURCE_REMOVE;
}

void
sem_document_invalidate (SemDocument *self, gboolean fresh)
{
  self->fresh |= fresh;
  if (fresh)
    g_clear_pointer (&self->wanted_frame, sem_pca_unref);
  sem_document_cancel_analysis (self);
  g_clear_handle_id (&self->debounce_id, g_source_remove);
  if (self->last_cost_us > DEBOUNCE_COST_US && !fresh)
    self->debounce_id = g_timeout_add (DEBOUNCE_MS, debounce_cb, self);
  else
    sem_document_start_analysis (self);
}

/* --- text ----------------------------------------------------------------------------------------
 */

gboolean
sem_text_validate (const char *text, gsize length, GError **error)
{
  const char *end;

  if (g_utf8_validate_len (text, length, &end))
    return TRUE;
  g_set_error (error, SEM_TEXT_ERROR, SEM_TEXT_ERROR_ENCODING,
               "the text is not UTF-8: byte 0x%02X at offset %" G_GSIZE_FORMAT
               " of %" G_GSIZE_FORMAT,
               (guchar)*end, (gsize)(end - text), length);
  return FALSE;
}

gboolean
sem_document_set_text (SemDocument *self, const char *text, gssize length, GError **error)
{
  gsize n_old, n = length < 0 ? strlen (text) : (gsize)length;
  const char *old = sem_document_get_text (self, &n_old);
  gboolean fresh;

  if (n == n_old && memcmp (old, text, n) == 0)
    return TRUE;
  if (!sem_text_validate (text, n, error))
    return FALSE;
  fresh = sem_text_is_fresh (old, n_old, text, n);
  sem_document_record_text (self, old, n_old, text, n);
  g_bytes_unref (self->text);
  /* A byte more than it says: who reads it as a string finds its end. */
  self->text = g_bytes_new_take (g_strndup (text, n), n);
  sem_document_mark (self, SEM_CHANGED_TEXT);
  sem_document_invalidate (self, fresh);
  return TRUE;
}

const char *
sem_document_get_text (SemDocument *self, gsize *length)
{
  gsize n;
  const char *text = g_bytes_get_data (self->text, &n);

  if (length != NULL)
    *length = n;
  return text == NULL ? "" : text;
}

/* --- model ---------------------------------------------------------------------------------------
 */

void
sem_document_set_model (SemDocument *self, SemModel *model)
{
  if (model == self->model)
    return;
  sem_model_ref (model);
  sem_document_forget_frames (self);
  g_clear_pointer (&self->model, sem_model_unref);
  self->model = model;
  self->stage = SEM_STAGE_READY;
  g_clear_error (&self->error);
  sem_document_mark (self, SEM_CHANGED_MODEL | SEM_CHANGED_STAGE);
  self->last_cost_us = 0;
  sem_document_invalidate (self, TRUE);
}

SemModel *
sem_document_get_model (SemDocument *self)
{
  return self->model;
}

/* --- analysis ------------------------------------------------------------------------------------
 */

static void
remap_focus (SemDocument *self, SemAnalysis *from, SemAnalysis *to)
{
  SemTextOverlap overlap;
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (gsize));

  sem_selection_overlap (from, to, &overlap);
  for (guint i = 0; i < self->selected->len; i++)
    {
      gsize unit
          = sem_selection_map_unit (from, to, &overlap, g_array_index (self->selected, gsize, i));
      gboolean is_new = unit != SEM_NO_ITEM;

      for (guint j = 0; j < kept->len && is_new; j++)
        is_new = g_array_index (kept, gsize, j) != unit;
      if (is_new)
        g_array_append_val (kept, unit);
    }
  if (kept->len != self->selected->len
      || (kept->len > 0
          && memcmp (kept->data, self->selected->data, kept->len * sizeof (gsize)) != 0))
    {
      g_array_set_size (self->selected, 0);
      g_array_append_vals (self->selected, kept->data, kept->len);
      sem_document_mark (self, SEM_CHANGED_SELECTION);
    }
  if (self->units_are_mapped)
    {
      self->units_are_mapped = FALSE;
      return;
    }
  if (self->view.color_unit != SEM_NO_ITEM)
    self->view.color_unit = sem_selection_map_unit (from, to, &overlap, self->view.color_unit);
  if (self->view.order_unit != SEM_NO_ITEM)
    self->view.order_unit = sem_selection_map_unit (from, to, &overlap, self->view.order_unit);
  if (self->view.order == SEM_ORDER_BY_UNIT && self->view.order_unit == SEM_NO_ITEM)
    self->view.order_unit = 0;
}

void
sem_document_take_analysis (SemDocument *self, SemAnalysis *analysis, SemComparison *comparison)
{
  g_autoptr (SemAnalysis) old = self->analysis;

  self->analysis = analysis;
  g_clear_pointer (&self->comparison, sem_comparison_unref);
  self->comparison = comparison;
  if (old != NULL && old != analysis)
    remap_focus (self, old, analysis);
  sem_document_clear_hover (self); /* what was under the pointer may be another unit now */
  if (!sem_analysis_is_frozen (analysis))
    self->fitted_units = sem_analysis_get_n (analysis);
  self->stage = SEM_STAGE_READY;
  g_clear_error (&self->error);
  sem_document_mark (self, SEM_CHANGED_ANALYSIS | SEM_CHANGED_STAGE);
}

SemAnalysis *
sem_document_get_analysis (SemDocument *self)
{
  return self->analysis;
}

SemStage
sem_document_get_stage (SemDocument *self)
{
  return self->stage;
}

const GError *
sem_document_get_error (SemDocument *self)
{
  return self->error;
}

double
sem_document_get_progress (SemDocument *self)
{
  return self->progress;
}

gboolean
sem_document_is_busy (SemDocument *self)
{
  return self->job != NULL || self->debounce_id != 0 || self->order_cancellable != NULL;
}

guint64
sem_document_get_revision (SemDocument *self, SemChanged aspect)
{
  return self->revisions[g_bit_nth_lsf (aspect, -1)];
}

void
sem_document_refit (SemDocument *self)
{
  sem_document_record_refit (self);
  sem_document_invalidate (self, TRUE);
}

const SemAnalysisOptions *
sem_document_get_options (SemDocument *self)
{
  return &self->options;
}

const SemViewOptions *
sem_document_get_view_options (SemDocument *self)
{
  return &self->view;
}

static void
set_viewport (SemDocument *self, SemViewport *own, const SemViewport *viewport)
{
  if (memcmp (own, viewport, sizeof *own) == 0)
    return;
  *own = *viewport;
  sem_document_mark (self, SEM_CHANGED_VIEW);
}

void
sem_document_set_heatmap_view (SemDocument *self, const SemViewport *viewport)
{
  set_viewport (self, &self->view.heatmap_view, viewport);
}

void
sem_document_set_map_view (SemDocument *self, const SemViewport *viewport)
{
  set_viewport (self, &self->view.map_view, viewport);
}

void
sem_document_order_by (SemDocument *self, gsize unit)
{
  const SemViewOptions before = self->view;

  if (self->analysis == NULL || unit >= sem_analysis_get_n (self->analysis))
    return;
  self->view.order = SEM_ORDER_BY_UNIT;
  self->view.order_unit = unit;
  sem_document_record_options (self, "order", FALSE, &self->options, &before);
  sem_document_mark (self, SEM_CHANGED_VIEW);
  if (before.order != SEM_ORDER_BY_UNIT)
    g_object_notify (G_OBJECT (self), "order");
}

/* --- object --------------------------------------------------------------------------------------
 */

static void
sem_document_dispose (GObject *object)
{
  SemDocument *self = SEM_DOCUMENT (object);

  sem_document_cancel_analysis (self);
  sem_document_cancel_order (self);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_handle_id (&self->debounce_id, g_source_remove);
  if (self->model_cancellable != NULL)
    g_cancellable_cancel (self->model_cancellable);
  g_clear_object (&self->model_cancellable);
  G_OBJECT_CLASS (sem_document_parent_class)->dispose (object);
}

static void
sem_document_finalize (GObject *object)
{
  SemDocument *self = SEM_DOCUMENT (object);

  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_pointer (&self->model, sem_model_unref);
  g_clear_pointer (&self->analysis, sem_analysis_unref);
  g_clear_pointer (&self->other, sem_model_unref);
  g_clear_pointer (&self->comparison, sem_comparison_unref);
  g_clear_pointer (&self->selected, g_array_unref);
  g_clear_error (&self->error);
  sem_document_free_history (self);
  g_clear_pointer (&self->wanted_frame, sem_pca_unref);
  sem_project_figure_clear (&self->figure);
  G_OBJECT_CLASS (sem_document_parent_class)->finalize (object);
}

static void
sem_document_class_init (SemDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sem_document_dispose;
  object_class->finalize = sem_document_finalize;
  sem_document_install_properties (object_class);

  /**
   * SemDocument::changed:
   * @self: the document
   * @flags: what has changed, as #SemChanged
   *
   * Emitted at most once per turn of the main loop, before the next redraw.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
sem_document_init (SemDocument *self)
{
  static const SemViewOptions view = SEM_VIEW_OPTIONS_INIT;
  static const SemItem none = SEM_ITEM_INIT;

  self->text = g_bytes_new_static ("", 0);
  self->selected = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->view = view;
  self->hover = none;
  self->options.merge_repeated_in_map = TRUE;
  self->fresh = TRUE;
}

SemDocument *
sem_document_new (void)
{
  return g_object_new (SEM_TYPE_DOCUMENT, NULL);
}
