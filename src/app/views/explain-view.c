/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thin subclass: the picture itself is draw/explain-picture.c. */
#include "app/views/explain-view.h"

#include "app/views/view-private.h"

#include <string.h>

struct _SemExplainView
{
  SemView parent_instance;

  SemExplainSteps *steps; /* owned; or NULL */
  gsize step;
};

enum
{
  STEP_ASKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemExplainView, sem_explain_view, SEM_TYPE_VIEW)

static void
ask_for (SemExplainView *self, gsize step)
{
  g_signal_emit (self, signals[STEP_ASKED], 0, (guint)step);
}

static SemLayout *
sem_explain_view_make_layout (SemView *view, const SemLayoutInput *input, const SemFocus *focus)
{
  SemExplainView *self = SEM_EXPLAIN_VIEW (view);

  return sem_explain_layout_new (input, self->steps, self->step);
}

static void
sem_explain_view_mask_options (SemViewOptions *options)
{
  memset (options, 0, sizeof *options);
}

static void
sem_explain_view_choose (SemView *view, const SemItem *item)
{
  if (item->kind == SEM_ITEM_STEP)
    ask_for (SEM_EXPLAIN_VIEW (view), item->token + 1);
}

static gboolean
sem_explain_view_press_key (SemView *view, guint keyval)
{
  SemExplainView *self = SEM_EXPLAIN_VIEW (view);
  gsize n = self->steps == NULL ? 0 : sem_explain_steps_get_n (self->steps);

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_Up:
      ask_for (self, self->step > 0 ? self->step - 1 : 0);
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_Down:
      ask_for (self, MIN (self->step + 1, n));
      return TRUE;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      ask_for (self, 0);
      return TRUE;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      ask_for (self, n);
      return TRUE;
    default:
      return FALSE;
    }
}

static char *
sem_explain_view_dup_description (SemView *view, const SemItem *item)
{
  SemExplainView *self = SEM_EXPLAIN_VIEW (view);

  if (self->steps == NULL)
    return g_strdup ("");
  return sem_explain_steps_dup_sentence (
      self->steps, item != NULL && item->kind == SEM_ITEM_STEP ? item->token + 1 : self->step);
}

static void
sem_explain_view_dispose (GObject *object)
{
  g_clear_pointer (&SEM_EXPLAIN_VIEW (object)->steps, sem_explain_steps_unref);
  G_OBJECT_CLASS (sem_explain_view_parent_class)->dispose (object);
}

static void
sem_explain_view_class_init (SemExplainViewClass *klass)
{
  SemViewClass *view_class = SEM_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_explain_view_dispose;
  view_class->mask_options = sem_explain_view_mask_options;
  view_class->make_layout = sem_explain_view_make_layout;
  view_class->choose = sem_explain_view_choose;
  view_class->press_key = sem_explain_view_press_key;
  view_class->dup_description = sem_explain_view_dup_description;
  view_class->fits_content = TRUE;
  view_class->invalidated_by = 0; /* whoever sets the steps says so */
  signals[STEP_ASKED] = g_signal_new ("step-asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
sem_explain_view_init (SemExplainView *self)
{
}

void
sem_explain_view_set_steps (SemExplainView *self, SemExplainSteps *steps, gsize step)
{
  g_return_if_fail (SEM_IS_EXPLAIN_VIEW (self));
  if (self->steps == steps && self->step == step)
    return;
  if (steps != NULL)
    sem_explain_steps_ref (steps);
  g_clear_pointer (&self->steps, sem_explain_steps_unref);
  self->steps = steps;
  self->step = step;
  sem_view_invalidate (SEM_VIEW (self));
  sem_view_update_description (SEM_VIEW (self));
}
