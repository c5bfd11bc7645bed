/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One button that does the next thing: look, download, stop, open.  The network is the other
 * program's; nothing here runs before a person asks. */
#include "config.h"

#include "app/dialogs/fetch-dialog.h"

#include "app/widgets/names.h"
#include "doc/fetcher.h"

#include <glib/gi18n.h>

#define DEFAULT_SERVER "huggingface.co"

#define SEM_TYPE_FETCH_DIALOG (sem_fetch_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SemFetchDialog, sem_fetch_dialog, SEM, FETCH_DIALOG, AdwWindow)

struct _SemFetchDialog
{
  AdwWindow parent_instance;

  /* template children */
  GtkLabel *about, *status;
  GtkEditable *name_row;
  GtkWidget *files;
  GtkListBox *list;
  GtkProgressBar *progress;
  GtkButton *act_button;

  SemFetcher *fetcher; /* owned */
  SemWindow *window;   /* owned while the dialog is up */
};

G_DEFINE_FINAL_TYPE (SemFetchDialog, sem_fetch_dialog, ADW_TYPE_WINDOW)

/* --- what is seen
 * ------------------------------------------------------------------------------- */

static GtkWidget *
new_file_row (const SemFetchItem *item)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *size = g_format_size (item->n_bytes);
  GtkWidget *label = gtk_label_new (size);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 item->tensor == NULL ? item->file : item->tensor);
  if (item->tensor != NULL)
    {
      g_autofree char *of = g_strdup_printf (_ ("only this tensor of %s"), item->file);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), of);
    }
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

/* The tensors first: they are nearly all of it. */
static void
fill_list (SemFetchDialog *self)
{
  GPtrArray *items = sem_fetcher_get_items (self->fetcher);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (int files = 0; files < 2; files++)
    for (guint i = 0; i < items->len; i++)
      {
        const SemFetchItem *item = g_ptr_array_index (items, i);

        if ((item->tensor == NULL) == (files == 1))
          gtk_list_box_append (self->list, new_file_row (item));
      }
}

static char *
dup_plan_sentence (SemFetcher *fetcher)
{
  g_autofree char *total = g_format_size (sem_fetcher_get_total (fetcher));
  g_autofree char *whole = g_format_size (sem_fetcher_get_whole (fetcher));
  g_autofree char *partial = g_format_size (sem_fetcher_get_partial (fetcher));
  g_autofree char *target = g_filename_display_name (sem_fetcher_get_target (fetcher));
  g_autoptr (GString) text = g_string_new (NULL);

  if (sem_fetcher_is_there (fetcher))
    return g_strdup_printf (_ ("This model is already here, in %s."), target);
  if (sem_fetcher_get_whole (fetcher) > 0)
    g_string_append_printf (text, _ ("%s to fetch, instead of %s of weights."), total, whole);
  else
    g_string_append_printf (text, _ ("%s to fetch."), total);
  if (sem_fetcher_get_partial (fetcher) > 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("%s of it are here from before: it goes on from there."),
                              partial);
    }
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("It will be in %s"), target);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_status (SemFetchDialog *self, SemFetchState state)
{
  switch (state)
    {
    case SEM_FETCH_PLANNING:
      return g_strdup (_ ("Asking the server…"));
    case SEM_FETCH_PLANNED:
    case SEM_FETCH_RUNNING:
      return dup_plan_sentence (self->fetcher);
    case SEM_FETCH_FAILED:
      return g_strdup (sem_fetcher_get_error (self->fetcher));
    case SEM_FETCH_IDLE:
    case SEM_FETCH_DONE:
    default:
      return NULL;
    }
}

static const char *
get_act_label (SemFetchDialog *self, SemFetchState state)
{
  switch (state)
    {
    case SEM_FETCH_PLANNING:
    case SEM_FETCH_RUNNING:
      return _ ("_Stop");
    case SEM_FETCH_PLANNED:
      return sem_fetcher_is_there (self->fetcher) ? _ ("_Open") : _ ("_Download");
    case SEM_FETCH_FAILED:
      return _ ("_Try again");
    case SEM_FETCH_IDLE:
    case SEM_FETCH_DONE:
    default:
      return _ ("_Look");
    }
}

static void
update_progress (SemFetchDialog *self, SemFetchState state)
{
  guint64 total = sem_fetcher_get_total (self->fetcher);
  guint64 done = MIN (sem_fetcher_get_done (self->fetcher), total);
  g_autofree char *have = g_format_size (done);
  g_autofree char *want = g_format_size (total);
  g_autofree char *text = g_strdup_printf (_ ("%s of %s"), have, want);

  gtk_widget_set_visible (GTK_WIDGET (self->progress), state == SEM_FETCH_RUNNING);
  gtk_progress_bar_set_fraction (self->progress, total > 0 ? (double)done / (double)total : 0);
  gtk_progress_bar_set_text (self->progress, text);
}

static void
update (SemFetchDialog *self)
{
  SemFetchState state = sem_fetcher_get_state (self->fetcher);
  gboolean is_busy = state == SEM_FETCH_PLANNING || state == SEM_FETCH_RUNNING;
  const char *name = gtk_editable_get_text (self->name_row);
  g_autofree char *status = dup_status (self, state);

  gtk_label_set_label (self->status, status == NULL ? "" : status);
  gtk_widget_set_visible (GTK_WIDGET (self->status), status != NULL);
  if (state == SEM_FETCH_FAILED)
    gtk_widget_add_css_class (GTK_WIDGET (self->status), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status), "error");
  gtk_button_set_label (self->act_button, get_act_label (self, state));
  sem_names_reset_mnemonics (GTK_WIDGET (self->act_button));
  gtk_widget_set_sensitive (GTK_WIDGET (self->act_button), is_busy || *name != '\0');
  if (is_busy)
    gtk_widget_remove_css_class (GTK_WIDGET (self->act_button), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->act_button), "suggested-action");
  gtk_editable_set_editable (self->name_row, !is_busy); /* not insensitive: it keeps the focus */
  gtk_widget_set_visible (self->files, state == SEM_FETCH_PLANNED || state == SEM_FETCH_RUNNING);
  update_progress (self, state);
}

/* --- what is done
 * ------------------------------------------------------------------------------- */

static void
open_target (SemFetchDialog *self)
{
  sem_window_open_tensor (self->window, sem_fetcher_get_target (self->fetcher), NULL);
  gtk_window_close (GTK_WINDOW (self));
}

static void
changed_cb (SemFetchDialog *self)
{
  SemFetchState state = sem_fetcher_get_state (self->fetcher);

  if (state == SEM_FETCH_DONE)
    {
      open_target (self);
      return;
    }
  if (state == SEM_FETCH_PLANNED)
    fill_list (self);
  update (self);
}

static void
name_changed_cb (SemFetchDialog *self)
{
  if (self->fetcher == NULL)
    return;
  sem_fetcher_reset (self->fetcher); /* the plan was another model's */
  update (self);
}

/* The button, and Enter in the entry. */
static void
act_cb (SemFetchDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_row)));

  switch (sem_fetcher_get_state (self->fetcher))
    {
    case SEM_FETCH_PLANNING:
    case SEM_FETCH_RUNNING:
      sem_fetcher_cancel (self->fetcher);
      break;
    case SEM_FETCH_PLANNED:
      if (sem_fetcher_is_there (self->fetcher))
        open_target (self);
      else
        sem_fetcher_run (self->fetcher);
      break;
    case SEM_FETCH_FAILED:
      if (sem_fetcher_get_target (self->fetcher) != NULL)
        {
          sem_fetcher_run (self->fetcher); /* it goes on where it ended */
          break;
        }
      G_GNUC_FALLTHROUGH;
    case SEM_FETCH_IDLE:
    case SEM_FETCH_DONE:
    default:
      if (*name != '\0')
        sem_fetcher_plan (self->fetcher, name);
    }
}

/* --- object
 * ------------------------------------------------------------------------------------- */

static void
sem_fetch_dialog_dispose (GObject *object)
{
  SemFetchDialog *self = SEM_FETCH_DIALOG (object);

  if (self->fetcher != NULL)
    g_signal_handlers_disconnect_by_data (self->fetcher, self);
  g_clear_object (&self->fetcher);
  g_clear_object (&self->window);
  G_OBJECT_CLASS (sem_fetch_dialog_parent_class)->dispose (object);
}

static void
sem_fetch_dialog_class_init (SemFetchDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_fetch_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/semblance/Semblance/fetch-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SemFetchDialog, about);
  gtk_widget_class_bind_template_child (widget_class, SemFetchDialog, status);
  gtk_widget_class_bind_template_child (widget_class, SemFetchDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, SemFetchDialog, files);
  gtk_widget_class_bind_template_child (widget_class, SemFetchDialog, list);
  gtk_widget_class_bind_template_child (widget_class, SemFetchDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, SemFetchDialog, act_button);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sem_fetch_dialog_init (SemFetchDialog *self)
{
  const char *endpoint = g_getenv ("HF_ENDPOINT");
  g_autofree char *about = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  sem_names_reset_mnemonics (GTK_WIDGET (self));
  about = g_strdup_printf (
      _ ("Fetches a model’s tokenizer and only its embedding from %s: a small part of the whole. "
         "What is sent is the model’s name, and HF_TOKEN where it is set."),
      endpoint == NULL || *endpoint == '\0' ? DEFAULT_SERVER : endpoint);
  gtk_label_set_label (self->about, about);
}

gboolean
sem_fetch_dialog_is_possible (void)
{
  g_autofree char *program = sem_fetcher_dup_program ();

  return program != NULL;
}

void
sem_fetch_dialog_present (SemWindow *window)
{
  g_autofree char *program = sem_fetcher_dup_program ();
  SemFetchDialog *self;

  if (program == NULL)
    {
      sem_window_show_toast (window,
                             _ ("semblance-fetch, which downloads models, is not installed"));
      return;
    }
  self = g_object_new (SEM_TYPE_FETCH_DIALOG, "transient-for", window, "modal", TRUE,
                       "destroy-with-parent", TRUE, NULL);
  self->window = g_object_ref (window);
  self->fetcher = sem_fetcher_new (program);
  g_signal_connect_object (self->fetcher, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  update (self);
  gtk_window_present (GTK_WINDOW (self));
}
