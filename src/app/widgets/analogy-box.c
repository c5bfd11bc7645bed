/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/widgets/analogy-box.h"

#include "app/widgets/token-list.h"
#include "doc/neighborhood.h"

#include <glib/gi18n.h>

#define N_SHOWN 5

struct _SemAnalogyBox
{
  GtkBox parent_instance;

  /* template children */
  GtkEditable *entry_a, *entry_b, *entry_c;
  GtkLabel *note;
  SemTokenList *list;

  /* owned */
  SemDocument *document;
  SemModel *model;           /* that was asked, or NULL */
  GCancellable *cancellable; /* of the question under way, or NULL */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SemAnalogyBox, sem_analogy_box, GTK_TYPE_BOX)

static void
say (SemAnalogyBox *self, const char *sentence)
{
  gtk_label_set_label (self->note, sentence);
  sem_token_list_set (self->list, self->model, NULL, 0);
}

static void
forget (SemAnalogyBox *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* The raw winner is nearly always an input; hiding that is how analogies get better than they are.
 */
static void
show_result (SemAnalogyBox *self, GArray *raw, GArray *without)
{
  SemTokenListRow rows[1 + N_SHOWN];
  gsize n = 0;

  if (raw->len == 0)
    {
      say (self, _ ("The sum is a zero vector and has no neighbours."));
      return;
    }
  rows[n++] = (SemTokenListRow){ g_array_index (raw, SemNeighbor, 0).id,
                                 g_array_index (raw, SemNeighbor, 0).cosine, _ ("inputs left in") };
  for (guint i = 0; i < MIN (without->len, N_SHOWN); i++)
    rows[n++] = (SemTokenListRow){ g_array_index (without, SemNeighbor, i).id,
                                   g_array_index (without, SemNeighbor, i).cosine,
                                   i == 0 ? _ ("without them") : NULL };
  gtk_label_set_label (self->note, _ ("Each word’s vector is made length 1, then a − b + c."));
  sem_token_list_set (self->list, self->model, rows, n);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemAnalogyBox) self = data;
  g_autoptr (GArray) raw = NULL;
  g_autoptr (GArray) without = NULL;
  g_autoptr (GError) error = NULL;
  gboolean good = sem_analogy_finish (result, &raw, &without, &error);

  if (self->cancellable != g_task_get_cancellable (G_TASK (result)))
    return; /* something else was asked meanwhile */
  g_clear_object (&self->cancellable);
  if (good)
    show_result (self, raw, without);
  else
    say (self, error->message);
}

static void
ask_cb (SemAnalogyBox *self)
{
  GtkEditable *entries[] = { self->entry_a, self->entry_b, self->entry_c };
  SemModel *model = sem_document_get_model (self->document);
  g_autofree char *words[3] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_free (words[i]);
      words[i] = g_strstrip (g_strdup (gtk_editable_get_text (entries[i])));
      if (*words[i] == '\0')
        {
          gtk_widget_grab_focus (GTK_WIDGET (entries[i]));
          break;
        }
    }
  if (model != NULL && words[2] != NULL && *words[2] != '\0')
    {
      forget (self);
      g_clear_pointer (&self->model, sem_model_unref);
      self->model = sem_model_ref (model);
      self->cancellable = g_cancellable_new ();
      sem_analogy_async (model, words[0], words[1], words[2], N_SHOWN, self->cancellable,
                         answered_cb, g_object_ref (self));
    }
}

static void
chosen_cb (SemAnalogyBox *self, guint id)
{
  g_signal_emit (self, signals[CHOSEN], 0, id);
}

static void
sem_analogy_box_dispose (GObject *object)
{
  SemAnalogyBox *self = SEM_ANALOGY_BOX (object);

  forget (self);
  g_clear_object (&self->document);
  g_clear_pointer (&self->model, sem_model_unref);
  G_OBJECT_CLASS (sem_analogy_box_parent_class)->dispose (object);
}

static void
sem_analogy_box_class_init (SemAnalogyBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_analogy_box_dispose;
  g_type_ensure (SEM_TYPE_TOKEN_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/semblance/Semblance/analogy-box.ui");
  gtk_widget_class_bind_template_child (widget_class, SemAnalogyBox, entry_a);
  gtk_widget_class_bind_template_child (widget_class, SemAnalogyBox, entry_b);
  gtk_widget_class_bind_template_child (widget_class, SemAnalogyBox, entry_c);
  gtk_widget_class_bind_template_child (widget_class, SemAnalogyBox, note);
  gtk_widget_class_bind_template_child (widget_class, SemAnalogyBox, list);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
sem_analogy_box_init (SemAnalogyBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sem_analogy_box_set_document (SemAnalogyBox *self, SemDocument *document)
{
  g_set_object (&self->document, document);
}

void
sem_analogy_box_clear (SemAnalogyBox *self)
{
  forget (self);
  say (self, _ ("Type three words and press Enter."));
}
