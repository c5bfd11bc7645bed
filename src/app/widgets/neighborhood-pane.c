/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One list, which shows either neighbours or what a search found.  What is asked for is compared
 * with what was asked last: a pointer that moves inside a word, or a text that changes elsewhere,
 * costs nothing.  Asking waits until the pictures are drawn, and the newest question wins. */
#include "config.h"

#include "app/widgets/neighborhood-pane.h"

#include "app/compat.h"
#include "app/model-list.h"
#include "app/widgets/analogy-box.h"
#include "app/widgets/names.h"
#include "app/widgets/token-list.h"
#include "doc/neighborhood.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_NEIGHBORS 15
#define N_FOUND 50

struct _SemNeighborhoodPane
{
  GtkBox parent_instance;

  /* template children */
  GtkSearchEntry *search;
  GtkDropDown *mode;
  GtkLabel *caption, *note;
  GtkWidget *follow;
  SemTokenList *list;
  SemAnalogyBox *analogy;

  /* owned */
  SemDocument *document;
  SemNeighborQuery *query;   /* that is shown or under way, or NULL */
  SemNeighborQuery *pinned;  /* a token that was chosen here, or NULL: the focus is followed */
  GCancellable *cancellable; /* of the question under way, or NULL */

  /* plain state */
  gsize caret;
  guint idle_id;
};

G_DEFINE_FINAL_TYPE (SemNeighborhoodPane, sem_neighborhood_pane, GTK_TYPE_BOX)

static void queue_update (SemNeighborhoodPane *self);

static void
set_note (SemNeighborhoodPane *self, const char *note)
{
  gtk_label_set_label (self->note, note == NULL ? "" : note);
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
}

static void
cancel (SemNeighborhoodPane *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
set_pinned (SemNeighborhoodPane *self, SemNeighborQuery *pinned)
{
  g_clear_pointer (&self->pinned, sem_neighbor_query_unref);
  self->pinned = pinned;
  gtk_widget_set_visible (self->follow, pinned != NULL);
}

/* --- neighbours
 * --------------------------------------------------------------------------------- */

static void
show_neighbors (SemNeighborhoodPane *self, GArray *found)
{
  SemTokenListRow rows[N_NEIGHBORS];
  gsize n = MIN (found->len, N_NEIGHBORS);

  for (gsize i = 0; i < n; i++)
    {
      const SemNeighbor *neighbor = &g_array_index (found, SemNeighbor, i);

      rows[i] = (SemTokenListRow){ neighbor->id, neighbor->cosine,
                                   sem_neighbor_query_has_own (self->query, neighbor->id)
                                       ? _ ("part of it")
                                       : NULL };
    }
  sem_token_list_set (self->list, self->query->model, rows, n);
  if (n > 0 && self->pinned != NULL)
    sem_compat_announce (GTK_WIDGET (self), gtk_label_get_text (self->caption));
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemNeighborhoodPane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = sem_neighbors_find_finish (result, &error);

  if (self->cancellable != g_task_get_cancellable (G_TASK (result)))
    return; /* something else was asked meanwhile */
  g_clear_object (&self->cancellable);
  if (found != NULL)
    show_neighbors (self, found);
  else
    set_note (self, error->message);
}

static void
show_query (SemNeighborhoodPane *self)
{
  const SemNeighborQuery *query = self->query;
  g_autofree char *markup = NULL;

  if (query == NULL || query->title == NULL)
    {
      gtk_label_set_label (self->caption, "");
      set_note (self,
                _ ("Point at a word, select it, or put the caret into it, to see which tokens "
                   "of the whole vocabulary are nearest to it."));
    }
  else
    {
      markup = g_markup_printf_escaped (_ ("Nearest to <b>%s</b>"), query->title);
      gtk_label_set_markup (self->caption, markup);
      set_note (self, query->note);
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->caption), query == NULL ? NULL : query->title);
  if (query == NULL || query->vector == NULL)
    sem_token_list_set (self->list, NULL, NULL, 0);
}

static gboolean
is_searching (SemNeighborhoodPane *self)
{
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0';
}

static gboolean
update_cb (gpointer data)
{
  SemNeighborhoodPane *self = data;
  g_autoptr (SemNeighborQuery) query = NULL;

  self->idle_id = 0;
  if (is_searching (self) || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_REMOVE;
  query = self->pinned != NULL ? sem_neighbor_query_ref (self->pinned)
                               : sem_neighbor_query_new_focus (self->document, self->caret);
  if (query != NULL && sem_neighbor_query_equal (query, self->query))
    return G_SOURCE_REMOVE;
  cancel (self);
  g_clear_pointer (&self->query, sem_neighbor_query_unref);
  self->query = g_steal_pointer (&query);
  show_query (self);
  if (self->query != NULL && self->query->vector != NULL)
    {
      self->cancellable = g_cancellable_new ();
      sem_neighbors_find_async (self->query, N_NEIGHBORS, self->cancellable, found_cb,
                                g_object_ref (self));
    }
  return G_SOURCE_REMOVE;
}

static void
queue_update (SemNeighborhoodPane *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_LOW, update_cb, self, NULL);
}

/* --- searching
 * ---------------------------------------------------------------------------------- */

static void
show_found (SemNeighborhoodPane *self, SemModel *model, GArray *ids, gsize n_found)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  SemTokenListRow rows[N_FOUND];
  gsize n = MIN (ids->len, N_FOUND);
  g_autofree char *total = sem_format_count (n_found);
  g_autofree char *caption = NULL, *note = NULL;

  for (gsize i = 0; i < n; i++)
    rows[i] = (SemTokenListRow){ g_array_index (ids, guint32, i), NAN, NULL };
  sem_token_list_set (self->list, model, rows, n);
  if (n_found > n)
    caption = g_strdup_printf (_ ("%s tokens, the first %lu:"), total, (gulong)n);
  else if (n_found > 0)
    caption = g_strdup_printf (ngettext ("%s token:", "%s tokens:", (gulong)n_found), total);
  else
    note = g_strdup_printf (_ ("The vocabulary has nothing for “%s”."), text);
  gtk_label_set_label (self->caption, caption == NULL ? "" : caption);
  set_note (self, note);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemNeighborhoodPane) self = data;
  gsize n_found = 0;
  g_autoptr (GArray) ids = sem_vocab_search_finish (result, &n_found, NULL);

  if (self->cancellable != g_task_get_cancellable (G_TASK (result)))
    return;
  g_clear_object (&self->cancellable);
  if (ids != NULL)
    show_found (self, sem_document_get_model (self->document), ids, n_found);
}

static void
search_changed_cb (SemNeighborhoodPane *self)
{
  static const SemVocabSearchMode modes[]
      = { SEM_VOCAB_SEARCH_PREFIX, SEM_VOCAB_SEARCH_SUBSTRING, SEM_VOCAB_SEARCH_ID };
  SemModel *model = self->document == NULL ? NULL : sem_document_get_model (self->document);
  guint mode = MIN (gtk_drop_down_get_selected (self->mode), G_N_ELEMENTS (modes) - 1);

  cancel (self);
  g_clear_pointer (&self->query,
                   sem_neighbor_query_unref); /* the list will have to be filled again */
  if (!is_searching (self) || model == NULL)
    {
      queue_update (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  sem_vocab_search_async (model, modes[mode], gtk_editable_get_text (GTK_EDITABLE (self->search)),
                          N_FOUND, self->cancellable, searched_cb, g_object_ref (self));
}

static void
stop_search_cb (SemNeighborhoodPane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
choose (SemNeighborhoodPane *self, guint32 id)
{
  SemModel *model = sem_document_get_model (self->document);

  if (model == NULL)
    return;
  set_pinned (self, sem_neighbor_query_new_token (model, id));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  queue_update (self);
}

static void
chosen_cb (SemNeighborhoodPane *self, guint id)
{
  choose (self, id);
}

static void
search_activate_cb (SemNeighborhoodPane *self)
{
  guint32 id;

  if (is_searching (self) && self->cancellable == NULL
      && sem_token_list_get_first (self->list, &id))
    choose (self, id);
}

static void
follow_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  SemNeighborhoodPane *self = SEM_NEIGHBORHOOD_PANE (widget);

  set_pinned (self, NULL);
  queue_update (self);
}

/* --- following
 * ---------------------------------------------------------------------------------- */

static void
changed_cb (SemDocument *document, guint flags, SemNeighborhoodPane *self)
{
  const guint relevant = SEM_CHANGED_ANALYSIS | SEM_CHANGED_HOVER | SEM_CHANGED_SELECTION;

  if (flags & SEM_CHANGED_MODEL)
    {
      set_pinned (self, NULL);
      sem_analogy_box_clear (self->analogy);
      search_changed_cb (self); /* the same search, in the other vocabulary */
    }
  if ((flags & SEM_CHANGED_SELECTION) && self->pinned != NULL)
    {
      SemFocus focus;

      sem_document_get_focus (document, &focus);
      if (focus.n_selected > 0) /* somebody looks at something else */
        set_pinned (self, NULL);
    }
  if (flags & relevant)
    queue_update (self);
}

static void
sem_neighborhood_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sem_neighborhood_pane_parent_class)->map (widget);
  queue_update (SEM_NEIGHBORHOOD_PANE (widget));
}

static gboolean
sem_neighborhood_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SEM_NEIGHBORHOOD_PANE (widget)->search));
}

static void
sem_neighborhood_pane_dispose (GObject *object)
{
  SemNeighborhoodPane *self = SEM_NEIGHBORHOOD_PANE (object);

  cancel (self);
  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  g_clear_pointer (&self->query, sem_neighbor_query_unref);
  g_clear_pointer (&self->pinned, sem_neighbor_query_unref);
  G_OBJECT_CLASS (sem_neighborhood_pane_parent_class)->dispose (object);
}

static void
sem_neighborhood_pane_class_init (SemNeighborhoodPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_neighborhood_pane_dispose;
  widget_class->map = sem_neighborhood_pane_map;
  widget_class->grab_focus = sem_neighborhood_pane_grab_focus;
  g_type_ensure (SEM_TYPE_TOKEN_LIST);
  g_type_ensure (SEM_TYPE_ANALOGY_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/semblance/Semblance/neighborhood-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, SemNeighborhoodPane, search);
  gtk_widget_class_bind_template_child (widget_class, SemNeighborhoodPane, mode);
  gtk_widget_class_bind_template_child (widget_class, SemNeighborhoodPane, caption);
  gtk_widget_class_bind_template_child (widget_class, SemNeighborhoodPane, note);
  gtk_widget_class_bind_template_child (widget_class, SemNeighborhoodPane, follow);
  gtk_widget_class_bind_template_child (widget_class, SemNeighborhoodPane, list);
  gtk_widget_class_bind_template_child (widget_class, SemNeighborhoodPane, analogy);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_install_action (widget_class, "neighborhood.follow", NULL, follow_cb);
}

static void
sem_neighborhood_pane_init (SemNeighborhoodPane *self)
{
  self->caret = G_MAXSIZE;
  gtk_widget_init_template (GTK_WIDGET (self));
  sem_names_reset_mnemonics (GTK_WIDGET (self));
}

GtkWidget *
sem_neighborhood_pane_new (SemDocument *document)
{
  SemNeighborhoodPane *self = g_object_new (SEM_TYPE_NEIGHBORHOOD_PANE, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document, "changed", G_CALLBACK (changed_cb), self, 0);
  sem_analogy_box_set_document (self->analogy, document);
  return GTK_WIDGET (self);
}

void
sem_neighborhood_pane_set_caret (SemNeighborhoodPane *self, gsize byte)
{
  g_return_if_fail (SEM_IS_NEIGHBORHOOD_PANE (self));
  if (self->caret == byte)
    return;
  self->caret = byte;
  queue_update (self);
}
