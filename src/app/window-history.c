/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Undo and redo in the window.  The text shows by itself what has come back; for an option, which
 * may be one of another page, a notice says its name. */
#include "config.h"

#include "app/window-private.h"

#include "app/widgets/text-entry.h"
#include "doc/document-history.h"

#include <glib/gi18n.h>

static const struct
{
  const char *what;
  const char *title;
} titles[] = {
  { "unit", N_ ("units") },
  { "pooling", N_ ("vector of a unit") },
  { "metric", N_ ("measure of similarity") },
  { "centered", N_ ("centred similarity") },
  { "special", N_ ("special tokens in the pictures") },
  { "merge-repeated", N_ ("repeated words as one point") },
  { "range", N_ ("colour range") },
  { SEM_STEP_RANGE, N_ ("ends of the colour range") },
  { "order", N_ ("order of the heatmap") },
  { "shape", N_ ("shape of the heatmap") },
  { "color-map", N_ ("colour map") },
  { "color-by", N_ ("colours of the map") },
  { "axes", N_ ("axes of the map") },
  { "component-x", N_ ("axes of the map") },
  { "component-y", N_ ("axes of the map") },
  { "map-axes", N_ ("axes of the map") },
  { "map-depth", N_ ("depth of the map") },
  { "fade-misplaced", N_ ("fading of misplaced points") },
  { "nearby-words", N_ ("words of the vocabulary behind the map") },
  { "dim-function-words", N_ ("dimmed function words") },
  { "show-spaces", N_ ("visible spaces") },
  { "show-special", N_ ("special tokens in the token strip") },
  { "vector-order", N_ ("order of the dimensions") },
  { SEM_STEP_REFIT, N_ ("Refit of the map") },
};

static void
tell (SemWindow *self, const SemHistoryStep *step, gboolean undone)
{
  g_autofree char *message = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (titles) && message == NULL; i++)
    if (g_str_equal (titles[i].what, step->what))
      message = undone ? g_markup_printf_escaped (_ ("Undone: %s"), _ (titles[i].title))
                       : g_markup_printf_escaped (_ ("Redone: %s"), _ (titles[i].title));
  if (message != NULL)
    sem_window_show_toast (self, message);
}

void
sem_window_undo (SemWindow *self)
{
  SemHistoryStep step;

  if (!sem_document_undo (self->document, &step))
    return;
  if (g_str_equal (step.what, SEM_STEP_TEXT))
    sem_window_follow_text (self, step.offset);
  else
    tell (self, &step, TRUE);
}

void
sem_window_redo (SemWindow *self)
{
  SemHistoryStep step;

  if (!sem_document_redo (self->document, &step))
    return;
  if (g_str_equal (step.what, SEM_STEP_TEXT))
    sem_window_follow_text (self, step.offset);
  else
    tell (self, &step, FALSE);
}

void
sem_window_history_changed (SemWindow *self)
{
  const gboolean can_undo = sem_document_can_undo (self->document);
  const gboolean can_redo = sem_document_can_redo (self->document);
  GActionMap *map = G_ACTION_MAP (self);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "undo")),
                               can_undo);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (map, "redo")),
                               can_redo);
  sem_text_entry_set_can_undo (SEM_TEXT_ENTRY (self->text_view), can_undo, can_redo);
}

void
sem_window_init_history (SemWindow *self)
{
  sem_document_begin_history (self->document);
  sem_window_history_changed (self);
}
