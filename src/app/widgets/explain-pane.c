/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card follows the document; what it explains is kept until the text or the tokenizer is
 * another one, so that going from word to word needs no worker. */
#include "config.h"

#include "app/widgets/explain-pane.h"

#include "app/views/explain-view.h"
#include "app/widgets/card.h"
#include "app/widgets/scroller.h"
#include "doc/explained.h"

struct _SemExplainPane
{
  GtkBox parent_instance;

  /* template children */
  SemExplainView *view;
  GtkLabel *sentence;

  /* owned */
  SemDocument *document;
  SemAnalysis *analysis; /* that was explained */
  SemExplained *explained;
  SemExplainSteps *steps;
  GCancellable *cancellable; /* of the explanation under way, or NULL */

  /* plain state */
  gsize word; /* of the explanation, whose steps they are */
  gsize step;
};

enum
{
  PROP_0,
  PROP_DOCUMENT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SemExplainPane, sem_explain_pane, GTK_TYPE_BOX)

static gsize
get_n (SemExplainPane *self)
{
  return self->steps == NULL ? 0 : sem_explain_steps_get_n (self->steps);
}

static void
show_step (SemExplainPane *self)
{
  g_autofree char *sentence = NULL;

  if (self->steps != NULL)
    sentence = sem_explain_steps_dup_sentence (self->steps, self->step);
  gtk_label_set_label (self->sentence, sentence == NULL ? "" : sentence);
  sem_explain_view_set_steps (self->view, self->steps, self->step);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "steps.previous", self->step > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "steps.next", self->step < get_n (self));
}

/* The row of the current step, or the top when there is none, comes into sight. */
static void
scroll_to_step (SemExplainPane *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self->view), GTK_TYPE_SCROLLED_WINDOW);
  SemLayout *layout = sem_view_get_layout (SEM_VIEW (self->view));
  SemItem item = SEM_ITEM_INIT;
  GtkAdjustment *adjustment;
  SemBox box = { 0 };

  if (window == NULL || layout == NULL)
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  item.kind = SEM_ITEM_STEP;
  item.token = self->step - 1;
  sem_layout_locate (layout, &item, &box);
  gtk_adjustment_clamp_page (adjustment, box.y, box.y + box.height);
}

static void
go_to (SemExplainPane *self, gsize step)
{
  self->step = MIN (step, get_n (self));
  show_step (self);
  scroll_to_step (self);
}

static void
step_asked_cb (SemExplainView *view, guint step, SemExplainPane *self)
{
  go_to (self, step);
}

static void
previous_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SemExplainPane *self = SEM_EXPLAIN_PANE (widget);

  go_to (self, self->step > 0 ? self->step - 1 : 0);
}

static void
next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SemExplainPane *self = SEM_EXPLAIN_PANE (widget);

  go_to (self, self->step + 1);
}

/* --- following the document ----------------------------------------------------------------------
 */

/* All steps of the word at a byte of the text; the same word keeps its step. */
static void
show_word (SemExplainPane *self, gsize byte)
{
  gsize word = self->explained == NULL || byte == G_MAXSIZE
                   ? G_MAXSIZE
                   : sem_explanation_find_word (self->explained->explanation,
                                                byte - self->explained->start);

  if (word == self->word && self->steps != NULL)
    return;
  g_clear_pointer (&self->steps, sem_explain_steps_unref);
  self->word = word;
  if (word != G_MAXSIZE)
    self->steps = sem_explain_steps_new (self->explained->explanation, word);
  self->step = get_n (self);
  show_step (self);
}

static void
forget (SemExplainPane *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->explained, sem_explained_free);
  g_clear_pointer (&self->analysis, sem_analysis_unref);
  self->word = G_MAXSIZE;
}

static void
explained_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemExplainPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemExplained) explained
      = sem_document_explain_finish (SEM_DOCUMENT (source), result, &error);

  if (self->cancellable != g_task_get_cancellable (G_TASK (result)))
    return; /* another one has been asked for */
  g_clear_object (&self->cancellable);
  self->explained = g_steal_pointer (&explained);
  self->word = G_MAXSIZE;
  g_clear_pointer (&self->steps, sem_explain_steps_unref);
  if (self->explained != NULL)
    show_word (self, sem_document_get_explained_byte (self->document));
  else
    {
      self->step = 0;
      show_step (self);
      gtk_label_set_label (self->sentence, error->message);
    }
}

static gboolean
has_explained (SemExplainPane *self, SemAnalysis *analysis, gsize byte)
{
  if (self->analysis != analysis)
    return FALSE;
  if (self->cancellable != NULL)
    return TRUE; /* on its way: it will look where the focus is then */
  if (self->explained == NULL)
    return TRUE; /* refused: would be again */
  return byte == G_MAXSIZE || (byte >= self->explained->start && byte < self->explained->end);
}

static void
update (SemExplainPane *self)
{
  SemAnalysis *analysis
      = self->document == NULL ? NULL : sem_document_get_analysis (self->document);
  gsize byte;

  if (analysis == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  byte = sem_document_get_explained_byte (self->document);
  if (has_explained (self, analysis, byte))
    {
      if (self->explained != NULL)
        show_word (self, byte);
      return;
    }
  forget (self);
  self->analysis = sem_analysis_ref (analysis);
  self->cancellable = g_cancellable_new ();
  sem_document_explain_async (self->document, byte == G_MAXSIZE ? 0 : byte, self->cancellable,
                              explained_cb, g_object_ref (self));
}

static void
changed_cb (SemDocument *document, guint flags, SemExplainPane *self)
{
  if (flags & (SEM_CHANGED_ANALYSIS | SEM_CHANGED_HOVER | SEM_CHANGED_SELECTION))
    update (self);
}

/* --- object --------------------------------------------------------------------------------------
 */

static void
sem_explain_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sem_explain_pane_parent_class)->map (widget);
  update (SEM_EXPLAIN_PANE (widget));
}

static void
sem_explain_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SemExplainPane *self = SEM_EXPLAIN_PANE (object);

  if (id != PROP_DOCUMENT)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  forget (self);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, g_value_get_object (value));
  if (self->document != NULL)
    g_signal_connect_object (self->document, "changed", G_CALLBACK (changed_cb), self, 0);
  update (self);
}

static void
sem_explain_pane_dispose (GObject *object)
{
  SemExplainPane *self = SEM_EXPLAIN_PANE (object);

  forget (self);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  g_clear_pointer (&self->steps, sem_explain_steps_unref);
  G_OBJECT_CLASS (sem_explain_pane_parent_class)->dispose (object);
}

static void
sem_explain_pane_class_init (SemExplainPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sem_explain_pane_dispose;
  object_class->set_property = sem_explain_pane_set_property;
  widget_class->map = sem_explain_pane_map;
  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, SEM_TYPE_DOCUMENT,
                                                   G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (SEM_TYPE_CARD);
  g_type_ensure (SEM_TYPE_SCROLLER);
  g_type_ensure (SEM_TYPE_EXPLAIN_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/semblance/Semblance/explain-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SemExplainPane, view);
  gtk_widget_class_bind_template_child (widget_class, SemExplainPane, sentence);
  gtk_widget_class_bind_template_callback (widget_class, step_asked_cb);
  gtk_widget_class_install_action (widget_class, "steps.previous", NULL, previous_cb);
  gtk_widget_class_install_action (widget_class, "steps.next", NULL, next_cb);
}

static void
sem_explain_pane_init (SemExplainPane *self)
{
  self->word = G_MAXSIZE;
  gtk_widget_init_template (GTK_WIDGET (self));
  show_step (self);
}
