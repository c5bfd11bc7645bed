/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be undone: the text, the options that change a picture, and Refit, in one list in the
 * order in which they were made.
 *
 * A step keeps of the text what was taken out and put in, and of the options those before and
 * after.  It also keeps the map's basis of the side that the document is not on, so that going back
 * gives the picture that was there and not one fitted anew; the two are swapped when it is undone
 * and redone.  Where one looks (zoom, pan, the map's turn) and what is selected are no steps. */
#include "doc/document-history.h"

#include "doc/document-private.h"
#include "doc/selection.h"

#include <string.h>

/* GTK's own undo keeps as many steps; the bytes are those of the texts. */
#define MAX_STEPS 200
#define MAX_BYTES (64u << 20)
/* Values that run (a spin button held down) are one step while they follow one another so fast. */
#define RUN_US G_USEC_PER_SEC

typedef struct
{
  SemAnalysisOptions options;
  SemViewOptions view;
} Options;

typedef struct
{
  const char *what; /* as in SemHistoryStep */

  /* the text; what was at offset is there when the step is undone, what came when it is done */
  gsize offset;
  GString *was, *came; /* NULL: not a step of the text */
  gboolean is_typed;   /* by one character at a time: more may join it */

  Options *options; /* before and after, or NULL */
  gint64 time_us;

  SemPca *frame; /* of the other side; NULL: to be fitted */
  gsize fitted_units;
} Step;

struct _SemHistory
{
  GPtrArray *steps;
  guint n_done;       /* those before it are done, those from it on undone */
  gsize n_bytes;      /* of the texts in steps */
  gboolean is_sealed; /* nothing joins the last step */
};

static gsize
step_bytes (const Step *step)
{
  return step->was == NULL ? 0 : step->was->len + step->came->len;
}

static void
step_free (gpointer data)
{
  Step *step = data;

  if (step->was != NULL)
    g_string_free (step->was, TRUE);
  if (step->came != NULL)
    g_string_free (step->came, TRUE);
  g_clear_pointer (&step->frame, sem_pca_unref);
  g_free (step->options);
  g_free (step);
}

/* --- the list -----------------------------------------------------------------------------------
 */

void
sem_document_begin_history (SemDocument *self)
{
  sem_document_free_history (self);
  self->history = g_new0 (SemHistory, 1);
  self->history->steps = g_ptr_array_new_with_free_func (step_free);
  sem_document_mark (self, SEM_CHANGED_HISTORY);
}

void
sem_document_free_history (SemDocument *self)
{
  SemHistory *history = g_steal_pointer (&self->history);

  if (history == NULL)
    return;
  g_ptr_array_unref (history->steps);
  g_free (history);
}

void
sem_document_forget_history (SemDocument *self)
{
  if (self->history != NULL)
    sem_document_begin_history (self);
}

/* Another model's basis is none of this one's. */
void
sem_document_forget_frames (SemDocument *self)
{
  g_clear_pointer (&self->wanted_frame, sem_pca_unref);
  for (guint i = 0; self->history != NULL && i < self->history->steps->len; i++)
    {
      Step *step = g_ptr_array_index (self->history->steps, i);

      g_clear_pointer (&step->frame, sem_pca_unref);
    }
}

static void
remove_step (SemHistory *history, guint index)
{
  history->n_bytes -= step_bytes (g_ptr_array_index (history->steps, index));
  g_ptr_array_remove_index (history->steps, index);
  history->n_done -= index < history->n_done;
}

static void
drop_undone (SemHistory *history)
{
  while (history->steps->len > history->n_done)
    remove_step (history, history->steps->len - 1);
}

/* The basis of the picture that is shown or on its way; NULL when it is to be fitted. */
static SemPca *
ref_frame (SemDocument *self)
{
  if (self->wanted_frame != NULL)
    return sem_pca_ref (self->wanted_frame);
  if (self->fresh || self->analysis == NULL || !sem_analysis_has_vectors (self->analysis)
      || self->fitted_units == 0)
    return NULL;
  return sem_pca_ref (sem_analysis_get_pca (self->analysis));
}

static Step *
push (SemDocument *self, const char *what)
{
  SemHistory *history = self->history;
  Step *step = g_new0 (Step, 1);

  step->what = what;
  step->time_us = g_get_monotonic_time ();
  step->frame = ref_frame (self);
  step->fitted_units = self->fitted_units;
  drop_undone (history);
  g_ptr_array_add (history->steps, step);
  history->n_done = history->steps->len;
  history->is_sealed = FALSE;
  return step;
}

/* The oldest go first.  A step that is too large by itself goes too: it cannot be undone then. */
static void
keep_bounds (SemHistory *history)
{
  while (history->steps->len > 0
         && (history->steps->len > MAX_STEPS || history->n_bytes > MAX_BYTES))
    remove_step (history, 0);
}

/* The step that a new one may join: the newest, unless something lies between. */
static Step *
get_open_step (SemHistory *history, const char *what)
{
  Step *last
      = history->n_done == 0 ? NULL : g_ptr_array_index (history->steps, history->n_done - 1);

  return last != NULL && g_str_equal (last->what, what) && !history->is_sealed
                 && history->n_done == history->steps->len
             ? last
             : NULL;
}

void
sem_document_seal_history (SemDocument *self)
{
  if (self->history != NULL)
    self->history->is_sealed = TRUE;
}

/* --- recording ----------------------------------------------------------------------------------
 */

static gboolean
is_one_character (const char *text, gsize length)
{
  return length > 0 && g_utf8_next_char (text) == text + length;
}

static gboolean
is_blank (const char *p)
{
  return g_unichar_isspace (g_utf8_get_char (p));
}

/* A word that begins is a step of its own, as in every text view; blanks before it are with it. */
static gboolean
begins_word (const GString *typed, const char *character)
{
  const char *p = typed->str;

  if (is_blank (character) || !is_blank (g_utf8_find_prev_char (p, p + typed->len)))
    return FALSE;
  while (*p != '\0' && is_blank (p))
    p = g_utf8_next_char (p);
  return *p != '\0';
}

/* One character typed behind the last, or erased beside it: TRUE when the step has taken it. */
static gboolean
join_typing (Step *step, gsize offset, const char *was, gsize n_was, const char *came, gsize n_came)
{
  if (!step->is_typed)
    return FALSE;
  if (n_was == 0 && step->came->len > 0 && offset == step->offset + step->came->len
      && is_one_character (came, n_came) && !begins_word (step->came, came))
    {
      g_string_append_len (step->came, came, (gssize)n_came);
      return TRUE;
    }
  if (n_came != 0 || step->came->len != 0 || !is_one_character (was, n_was))
    return FALSE;
  if (offset == step->offset) /* Delete */
    g_string_append_len (step->was, was, (gssize)n_was);
  else if (offset + n_was == step->offset) /* Backspace */
    {
      g_string_insert_len (step->was, 0, was, (gssize)n_was);
      step->offset = offset;
    }
  else
    return FALSE;
  return TRUE;
}

void
sem_document_record_text (SemDocument *self,
                          const char *old,
                          gsize n_old,
                          const char *text,
                          gsize n)
{
  SemHistory *history = self->history;
  SemTextOverlap overlap;
  const char *was, *came;
  gsize n_was, n_came;
  Step *step;

  if (history == NULL)
    return;
  sem_text_overlap (old, n_old, text, n, &overlap);
  was = old + overlap.prefix;
  n_was = n_old - overlap.prefix - overlap.suffix;
  came = text + overlap.prefix;
  n_came = n - overlap.prefix - overlap.suffix;
  step = get_open_step (history, SEM_STEP_TEXT);
  if (step == NULL || !join_typing (step, overlap.prefix, was, n_was, came, n_came))
    {
      step = push (self, SEM_STEP_TEXT);
      step->offset = overlap.prefix;
      step->was = g_string_new_len (was, (gssize)n_was);
      step->came = g_string_new_len (came, (gssize)n_came);
      step->is_typed
          = is_one_character (came, n_came) || (n_came == 0 && is_one_character (was, n_was));
    }
  history->n_bytes += n_was + n_came;
  keep_bounds (history);
  sem_document_mark (self, SEM_CHANGED_HISTORY);
}

/* What is not a step takes no part in the comparison, and is left as it is when one is undone. */
static void
keep_look (SemViewOptions *view, const SemViewOptions *now)
{
  view->heatmap_view = now->heatmap_view;
  view->map_view = now->map_view;
  view->map_yaw = now->map_yaw;
  view->map_pitch = now->map_pitch;
}

static gboolean
view_equal (const SemViewOptions *a, const SemViewOptions *b)
{
  return a->range == b->range && a->range_min == b->range_min && a->range_max == b->range_max
         && a->order == b->order && a->order_unit == b->order_unit && a->shape == b->shape
         && a->first_text == b->first_text && a->color_map == b->color_map
         && a->component_x == b->component_x && a->component_y == b->component_y
         && a->map_depth == b->map_depth && a->map_axes == b->map_axes && a->color_by == b->color_by
         && a->color_unit == b->color_unit && a->fade_misplaced == b->fade_misplaced
         && a->nearby_words == b->nearby_words && a->dim_function_words == b->dim_function_words
         && a->show_spaces == b->show_spaces && a->show_special == b->show_special
         && a->vector_order == b->vector_order;
}

static gboolean
options_equal (const SemAnalysisOptions *a, const SemAnalysisOptions *b)
{
  return a->unit == b->unit && a->pooling == b->pooling && a->metric == b->metric
         && a->centered == b->centered && a->special == b->special
         && a->merge_repeated_in_map == b->merge_repeated_in_map;
}

void
sem_document_record_options (SemDocument *self,
                             const char *what,
                             gboolean runs,
                             const SemAnalysisOptions *options,
                             const SemViewOptions *view)
{
  SemHistory *history = self->history;
  Step *step;

  if (history == NULL
      || (options_equal (options, &self->options) && view_equal (view, &self->view)))
    return;
  step = runs ? get_open_step (history, what) : NULL;
  if (step == NULL || g_get_monotonic_time () - step->time_us > RUN_US)
    {
      step = push (self, what);
      step->options = g_new0 (Options, 2);
      step->options[0].options = *options;
      step->options[0].view = *view;
    }
  step->time_us = g_get_monotonic_time ();
  step->options[1].options = self->options;
  step->options[1].view = self->view;
  keep_bounds (history);
  sem_document_mark (self, SEM_CHANGED_HISTORY);
}

void
sem_document_record_refit (SemDocument *self)
{
  if (self->history == NULL)
    return;
  push (self, SEM_STEP_REFIT);
  keep_bounds (self->history);
  sem_document_mark (self, SEM_CHANGED_HISTORY);
}

/* --- going back and forth
 * ------------------------------------------------------------------------ */

static void
put_text (SemDocument *self, gsize offset, const GString *old, const GString *text)
{
  gsize n;
  const char *whole = g_bytes_get_data (self->text, &n);
  GString *next = g_string_sized_new (n - old->len + text->len);

  g_string_append_len (next, whole, (gssize)offset);
  g_string_append_len (next, text->str, (gssize)text->len);
  g_string_append_len (next, whole + offset + old->len, (gssize)(n - offset - old->len));
  g_bytes_unref (self->text);
  n = next->len;
  self->text = g_bytes_new_take (g_string_free (next, FALSE), n);
  sem_document_mark (self, SEM_CHANGED_TEXT);
}

static gboolean
put_options (SemDocument *self, const Options *to)
{
  static const SemViewport whole = SEM_VIEWPORT_INIT;
  const gboolean same = options_equal (&to->options, &self->options);
  SemViewOptions view = to->view;

  keep_look (&view, &self->view);
  if (to->options.unit != self->options.unit)
    {
      view.heatmap_view = view.map_view = whole;
      self->last_cost_us = 0;
    }
  /* The units in there are those of the analysis to come, not of the one that is there. */
  self->units_are_mapped = !same || sem_document_is_busy (self);
  sem_document_take_options (self, &to->options, &view);
  return !same;
}

static void
go (SemDocument *self, Step *step, gboolean forth, SemHistoryStep *out)
{
  SemPca *frame = ref_frame (self);
  gsize fitted_units = self->fitted_units;
  gboolean computes = step->options == NULL || put_options (self, &step->options[forth ? 1 : 0]);

  if (step->was != NULL)
    put_text (self, step->offset, forth ? step->was : step->came, forth ? step->came : step->was);
  if (computes)
    {
      g_clear_pointer (&self->wanted_frame, sem_pca_unref);
      self->wanted_frame = step->frame;
      self->fitted_units = step->fitted_units;
      self->fresh = FALSE;
      step->frame = frame;
      step->fitted_units = fitted_units;
      sem_document_invalidate (self, self->wanted_frame == NULL);
    }
  else
    g_clear_pointer (&frame, sem_pca_unref);
  self->history->is_sealed = TRUE;
  sem_document_mark (self, SEM_CHANGED_HISTORY);
  out->what = step->what;
  out->offset = step->was == NULL ? 0 : step->offset + (forth ? step->came : step->was)->len;
}

gboolean
sem_document_can_undo (SemDocument *self)
{
  return self->history != NULL && self->history->n_done > 0;
}

gboolean
sem_document_can_redo (SemDocument *self)
{
  return self->history != NULL && self->history->n_done < self->history->steps->len;
}

gboolean
sem_document_undo (SemDocument *self, SemHistoryStep *step)
{
  if (!sem_document_can_undo (self))
    return FALSE;
  go (self, g_ptr_array_index (self->history->steps, --self->history->n_done), FALSE, step);
  return TRUE;
}

gboolean
sem_document_redo (SemDocument *self, SemHistoryStep *step)
{
  if (!sem_document_can_redo (self))
    return FALSE;
  go (self, g_ptr_array_index (self->history->steps, self->history->n_done++), TRUE, step);
  return TRUE;
}
