/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project file of a window: opening, saving, what is unsaved, and what a crash leaves behind.
 *
 * A window without a project keeps its text for the next start and asks nothing.  With one, what is
 * not yet in the file is written to a recovery file at most a second after it changed; that file is
 * there at the next start only when the program did not end by itself. */
#include "config.h"

#include "app/window-private.h"

#include "app/compat.h"
#include "app/dialogs/export-dialog.h"
#include "app/dialogs/export-job.h"
#include "app/registry.h"
#include "core/file-replace.h"
#include "doc/document-project.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define AUTOSAVE_MS 1000
#define AUTOSAVE_RETRY_MS 200 /* while the one before is still being written */
#define WATCHED                                                                                    \
  (SEM_CHANGED_TEXT | SEM_CHANGED_MODEL | SEM_CHANGED_OPTIONS | SEM_CHANGED_VIEW                   \
   | SEM_CHANGED_ANALYSIS | SEM_CHANGED_SELECTION)

struct _SemWindowProject
{
  GFile *file;       /* NULL: no project is open */
  GBytes *saved;     /* the document's state that is in the file; NULL: none of it */
  GBytes *recovered; /* the state that is in the recovery file */
  gboolean modified;
  guint autosave_id;
  gboolean saving;   /* the file is being written */
  GFile *save_again; /* there, when that is done: what came meanwhile must not be overtaken by it */
  gboolean recovering; /* the recovery file is being written */

  /* while a question is on the screen */
  GFile *next;       /* to open after it, or NULL */
  gboolean closing;  /* the window closes after it */
  gboolean clearing; /* a new text begins after it */
};

static const char *const project_suffixes[] = { "semblance", NULL };

static char *
dup_recovery_path (const char *name)
{
  return g_build_filename (g_get_user_state_dir (), "semblance", name, NULL);
}

static GBytes *
dup_state (SemWindow *self)
{
  g_autoptr (SemProject) project = sem_document_dup_project (self->document);

  return sem_project_to_json (project);
}

/* --- the title
 * -------------------------------------------------------------------------------------- */

static void
update_title (SemWindow *self)
{
  SemWindowProject *project = self->project;
  g_autofree char *title = NULL;

  if (project->file != NULL)
    {
      g_autofree char *name = g_file_get_basename (project->file);
      g_autofree char *shown = g_filename_display_name (name);

      title = g_strdup_printf (project->modified ? "• %s – Semblance" : "%s – Semblance", shown);
    }
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : "Semblance");
}

static gboolean
update_modified (SemWindow *self)
{
  SemWindowProject *project = self->project;
  g_autoptr (GBytes) state = project->file != NULL ? dup_state (self) : NULL;

  project->modified
      = state != NULL && (project->saved == NULL || !g_bytes_equal (state, project->saved));
  update_title (self);
  return project->modified;
}

/* --- recovery
 * --------------------------------------------------------------------------------------- */

static void
remove_recovery (SemWindow *self)
{
  g_autofree char *state = dup_recovery_path ("recovery.semblance");

  g_clear_pointer (&self->project->recovered, g_bytes_unref);
  g_unlink (state);
}

static void
recovery_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!sem_file_replace_finish (G_FILE (source), result, &error))
    g_debug ("the recovery file was not written: %s", error->message);
  if (self->project == NULL)
    return; /* the window is gone, and what was unsaved was asked about */
  self->project->recovering = FALSE;
  /* Saved or closed meanwhile: what has been written is older than what is in the file. */
  if (self->project->recovered == NULL)
    remove_recovery (self);
}

static void
write_recovery (SemWindow *self, GBytes *state)
{
  SemWindowProject *project = self->project;
  g_autofree char *path = dup_recovery_path ("recovery.semblance");
  g_autofree char *origin = dup_recovery_path ("recovery.origin");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *uri = g_file_get_uri (project->file);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_clear_pointer (&project->recovered, g_bytes_unref);
  project->recovered = g_bytes_ref (state);
  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (origin, uri, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    return;
  project->recovering = TRUE;
  sem_file_replace_async (file, state, G_FILE_CREATE_PRIVATE, NULL, recovery_written_cb,
                          g_object_ref (self));
}

static gboolean
autosave_cb (gpointer data)
{
  SemWindow *self = data;
  SemWindowProject *project = self->project;
  g_autoptr (GBytes) state = NULL;

  project->autosave_id = 0;
  if (project->file == NULL)
    return G_SOURCE_REMOVE;
  state = dup_state (self);
  project->modified = project->saved == NULL || !g_bytes_equal (state, project->saved);
  update_title (self);
  if (!project->modified)
    remove_recovery (self);
  else if (project->recovering)
    project->autosave_id = g_timeout_add (AUTOSAVE_RETRY_MS, autosave_cb, self);
  else if (project->recovered == NULL || !g_bytes_equal (state, project->recovered))
    write_recovery (self, state);
  return G_SOURCE_REMOVE;
}

void
sem_window_project_changed (SemWindow *self, guint flags)
{
  if ((flags & WATCHED) != 0 && self->project->file != NULL && self->project->autosave_id == 0)
    self->project->autosave_id = g_timeout_add (AUTOSAVE_MS, autosave_cb, self);
}

/* --- opening
 * ---------------------------------------------------------------------------------------- */

static void
set_project_file (SemWindow *self, GFile *file, GBytes *saved)
{
  SemWindowProject *project = self->project;

  g_set_object (&project->file, file);
  g_clear_pointer (&project->saved, g_bytes_unref);
  project->saved = saved;
  update_modified (self);
}

static void
show_project (SemWindow *self, const SemProject *project)
{
  gsize length;
  const char *text = sem_document_get_text (self->document, &length);
  g_autofree char *copy = g_strndup (text, length);

  /* The document has the text already; only the text view follows. */
  sem_window_set_text (self, copy, length);
  if (sem_registry_find_page (project->page) != NULL)
    adw_view_stack_set_visible_child_name (self->stack, project->page);
}

typedef struct
{
  SemWindow *window;
  GFile *file; /* the project's own place */
  gboolean recovered;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->window);
  g_object_unref (opening->file);
  g_free (opening);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  SemWindow *self = opening->window;
  g_autofree char *warning = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SemProject) project
      = sem_document_open_project_finish (SEM_DOCUMENT (source), result, &warning, &error);

  if (project == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        sem_window_show_error (self, _ ("The project could not be opened"), error);
      return;
    }
  show_project (self, project);
  set_project_file (self, opening->file, opening->recovered ? NULL : dup_state (self));
  if (opening->recovered)
    sem_window_show_toast (self, _ ("Changes that had not been saved are back"));
  else
    remove_recovery (self);
  if (warning != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (warning, -1);

      sem_window_show_toast (self, escaped);
    }
}

static void
open_now (SemWindow *self, GFile *file, GFile *origin, gboolean recovered)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (self);
  opening->file = g_object_ref (origin);
  opening->recovered = recovered;
  sem_document_open_project_async (self->document, file, NULL, opened_cb, opening);
}

void
sem_window_recover_project (SemWindow *self)
{
  g_autofree char *path = dup_recovery_path ("recovery.semblance");
  g_autofree char *origin_path = dup_recovery_path ("recovery.origin");
  g_autofree char *uri = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) origin = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR)
      || !g_file_get_contents (origin_path, &uri, NULL, NULL) || *uri == '\0')
    return;
  origin = g_file_new_for_uri (uri);
  open_now (self, file, origin, TRUE);
}

/* --- saving
 * ----------------------------------------------------------------------------------------- */

typedef struct
{
  SemWindow *window;
  GBytes *state; /* what the file has when it is written */
} Saving;

static void continue_after_question (SemWindow *self);
static void save_to (SemWindow *self, GFile *file);

static void
forget_question (SemWindow *self)
{
  g_clear_object (&self->project->next);
  self->project->closing = FALSE;
  self->project->clearing = FALSE;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  g_autoptr (SemWindow) self = saving->window;
  g_autoptr (GBytes) state = saving->state;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *message = NULL;

  g_free (saving);
  if (self->project == NULL)
    return;
  self->project->saving = FALSE;
  if (self->project->save_again != NULL)
    {
      g_autoptr (GFile) again = g_steal_pointer (&self->project->save_again);

      save_to (self, again);
      return;
    }
  if (!sem_file_replace_finish (G_FILE (source), result, &error))
    {
      forget_question (self);
      sem_window_show_error (self, shown, error);
      return;
    }
  set_project_file (self, G_FILE (source), g_steal_pointer (&state));
  if (!self->project->modified)
    remove_recovery (self);
  message = g_markup_printf_escaped (_ ("Saved %s"), shown);
  sem_window_show_toast (self, message);
  continue_after_question (self);
}

/* A project says of what size its figure is, so that `semblance-cli render` makes the one that the
 * export dialog offers. */
static void
keep_figure (SemWindow *self)
{
  g_autoptr (SemExportJob) job = NULL;
  double width, height;

  if (sem_document_get_figure (self->document)->width > 0.0)
    return;
  sem_export_dialog_get_window_size (self, &width, &height);
  job = sem_export_job_new (self->document, width, height);
  sem_export_job_keep (job, self->document);
}

static void
save_to (SemWindow *self, GFile *file)
{
  g_autoptr (SemProject) project = NULL;
  Saving *saving;
  g_autoptr (GBytes) bytes = NULL;

  if (self->project->saving)
    {
      g_set_object (&self->project->save_again, file);
      return;
    }
  self->project->saving = TRUE;
  keep_figure (self);
  project = sem_document_dup_project (self->document);
  saving = g_new0 (Saving, 1);
  saving->window = g_object_ref (self);
  saving->state = sem_project_to_json (project);
  g_free (project->page);
  project->page = g_strdup (sem_window_get_page (self));
  bytes = sem_project_to_json (project);
  sem_file_replace_async (file, bytes, G_FILE_CREATE_NONE, NULL, saved_cb, saving);
}

static void
place_chosen_cb (GFile *file, gpointer data)
{
  g_autoptr (GFile) chosen = file;
  g_autofree char *name = chosen == NULL ? NULL : g_file_get_basename (chosen);

  if (chosen == NULL)
    {
      forget_question (SEM_WINDOW (data));
      return;
    }
  if (!sem_project_is_name (name))
    {
      g_autoptr (GFile) folder = g_file_get_parent (chosen);
      g_autofree char *full = g_strconcat (name, ".semblance", NULL);

      g_object_unref (chosen);
      chosen = g_file_get_child (folder, full);
      /* The chooser has not asked about overwriting this one. */
      if (g_file_query_exists (chosen, NULL))
        {
          g_autofree char *message = g_markup_printf_escaped (_ ("%s is already there"), full);

          forget_question (SEM_WINDOW (data));
          sem_window_show_toast (SEM_WINDOW (data), message);
          return;
        }
    }
  save_to (SEM_WINDOW (data), chosen);
}

void
sem_window_save_project (SemWindow *self, gboolean as)
{
  const SemChoose choose = { .kind = SEM_CHOOSE_SAVE,
                             .title = _ ("Save the project"),
                             .accept = _ ("_Save"),
                             .name = _ ("Untitled.semblance"),
                             .filter_name = _ ("Semblance projects"),
                             .suffixes = project_suffixes };

  if (sem_document_get_analysis (self->document) == NULL)
    return;
  if (self->project->file != NULL && !as)
    save_to (self, self->project->file);
  else
    sem_compat_choose_file (GTK_WINDOW (self), &choose, place_chosen_cb, G_OBJECT (self));
}

/* --- unsaved changes
 * -------------------------------------------------------------------------------- */

static void
close_project (SemWindow *self)
{
  remove_recovery (self);
  set_project_file (self, NULL, NULL);
}

static void
continue_after_question (SemWindow *self)
{
  g_autoptr (GFile) next = g_steal_pointer (&self->project->next);
  static const SemProjectFigure no_figure = { 0 };
  gboolean closing = self->project->closing, clearing = self->project->clearing;

  forget_question (self);
  if (next != NULL)
    open_now (self, next, next, FALSE);
  else if (clearing)
    {
      close_project (self);
      sem_document_set_figure (self->document, &no_figure);
      sem_window_set_text (self, "", 0);
      gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
    }
  else if (closing)
    {
      close_project (self);
      gtk_window_close (GTK_WINDOW (self));
    }
}

static void
answered_cb (const char *response, gpointer data)
{
  SemWindow *self = data;

  if (g_str_equal (response, "save"))
    sem_window_save_project (self, FALSE);
  else if (g_str_equal (response, "discard"))
    continue_after_question (self);
  else
    forget_question (self);
}

static void
ask_about_changes (SemWindow *self)
{
  static const SemAnswer answers[] = { { "cancel", N_ ("_Cancel"), SEM_ANSWER_PLAIN },
                                       { "discard", N_ ("_Discard"), SEM_ANSWER_DESTRUCTIVE },
                                       { "save", N_ ("_Save"), SEM_ANSWER_SUGGESTED } };
  g_autofree char *name = g_file_get_basename (self->project->file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *body
      = g_strdup_printf (_ ("“%s” has changes that are not in the file.  They are lost when they "
                            "are not saved."),
                         shown);

  sem_compat_ask (GTK_WINDOW (self), _ ("Save Changes?"), body, answers, G_N_ELEMENTS (answers),
                  answered_cb, G_OBJECT (self));
}

void
sem_window_open_project (SemWindow *self, GFile *file)
{
  g_set_object (&self->project->next, file);
  if (update_modified (self))
    ask_about_changes (self);
  else
    continue_after_question (self);
}

void
sem_window_new_text (SemWindow *self)
{
  self->project->clearing = TRUE;
  if (update_modified (self))
    ask_about_changes (self);
  else
    continue_after_question (self);
}

gboolean
sem_window_may_close (SemWindow *self)
{
  if (!update_modified (self))
    {
      remove_recovery (self);
      return TRUE;
    }
  self->project->closing = TRUE;
  ask_about_changes (self);
  return FALSE;
}

void
sem_window_init_project (SemWindow *self)
{
  self->project = g_new0 (SemWindowProject, 1);
}

void
sem_window_free_project (SemWindow *self)
{
  SemWindowProject *project = g_steal_pointer (&self->project);

  if (project == NULL)
    return;
  g_clear_handle_id (&project->autosave_id, g_source_remove);
  g_clear_object (&project->file);
  g_clear_object (&project->next);
  g_clear_object (&project->save_again);
  g_clear_pointer (&project->saved, g_bytes_unref);
  g_clear_pointer (&project->recovered, g_bytes_unref);
  g_free (project);
}
