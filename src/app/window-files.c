/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening, dropping, saving, copying.  What fails leaves text and pictures as they were and says so
 * in a toast. */
#include "config.h"

#include "app/window-private.h"

#include "app/compat.h"
#include "app/registry.h"
#include "app/theme.h"
#include "core/analysis/data-file.h"
#include "core/analysis/table.h"
#include "core/analysis/vector-text.h"
#include "core/file-replace.h"
#include "draw/export.h"

#include <glib/gi18n.h>
#include <string.h>

/* Larger files are not texts to look at; the limit is said. */
#define MAX_TEXT_FILE (64u * 1024 * 1024)

static const char *const text_suffixes[] = { "semblance", "txt", "md", "text", "csv", "tsv", NULL };
static const char *const model_suffixes[]
    = { "safetensors", "gguf", "json", "vec", "bin", "txt", "gz", "model", NULL };

/* --- texts
 * ---------------------------------------------------------------------------------------- */

static void
text_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemWindow) self = data;
  g_autofree char *text = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *shown = g_filename_display_name (name);
  g_autoptr (GError) error = NULL;
  const char *start;
  gsize length;

  if (!g_file_load_contents_finish (G_FILE (source), result, &text, &length, NULL, &error)
      || !sem_text_validate (text, length, &error))
    {
      sem_window_show_error (self, shown, error);
      return;
    }
  start = text;
  if (length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
    {
      start += 3; /* a byte order mark is not part of the text */
      length -= 3;
    }
  while (length > 0 && (start[length - 1] == '\n' || start[length - 1] == '\r'))
    length--;
  sem_window_set_text (self, start, length);
}

static void
size_known_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemWindow) self = data;
  GFile *file = G_FILE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (file, result, &error);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);

  if (info == NULL)
    {
      sem_window_show_error (self, shown, error);
      return;
    }
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_autofree char *path = g_file_get_path (file);

      sem_window_open_model (self, path);
      return;
    }
  if (g_file_info_get_size (info) > (goffset)MAX_TEXT_FILE)
    {
      g_autofree char *size = g_format_size ((guint64)g_file_info_get_size (info));
      g_autofree char *limit = g_format_size (MAX_TEXT_FILE);
      g_autofree char *message = g_markup_printf_escaped (
          _ ("%s: %s is too long for a text, %s are allowed"), shown, size, limit);

      sem_window_show_toast (self, message);
      return;
    }
  g_file_load_contents_async (file, NULL, text_loaded_cb, g_object_ref (self));
}

static gboolean
looks_like_model (const char *name)
{
  return g_str_has_suffix (name, ".safetensors") || g_str_has_suffix (name, ".gguf")
         || g_str_has_suffix (name, ".vec") || g_str_has_suffix (name, ".vec.gz")
         || g_str_has_suffix (name, ".bin") || g_strcmp0 (name, "tokenizer.json") == 0
         || g_strcmp0 (name, "vocab.txt") == 0;
}

void
sem_window_open_file (SemWindow *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *path = g_file_get_path (file);

  if (g_str_has_suffix (name, ".semblance"))
    sem_window_open_project (self, file);
  else if (path != NULL && looks_like_model (name))
    sem_window_open_model (self, path);
  else
    g_file_query_info_async (
        file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
        G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, NULL, size_known_cb, g_object_ref (self));
}

static void
text_chosen_cb (GFile *file, gpointer data)
{
  g_autoptr (GFile) chosen = file;

  if (chosen != NULL)
    sem_window_open_file (SEM_WINDOW (data), chosen);
}

void
sem_window_choose_text (SemWindow *self)
{
  const SemChoose choose = { .kind = SEM_CHOOSE_FILE,
                             .title = _ ("Open a text or a project"),
                             .accept = _ ("_Open"),
                             .filter_name = _ ("Texts and projects"),
                             .suffixes = text_suffixes };

  sem_compat_choose_file (GTK_WINDOW (self), &choose, text_chosen_cb, G_OBJECT (self));
}

void
sem_window_choose_example (SemWindow *self, const char *id)
{
  const SemExampleInfo *example = sem_registry_find_example (id);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (example == NULL)
    return;
  text = sem_registry_load_example (example, &length, &error);
  if (text == NULL)
    {
      sem_window_show_error (self, _ ("The example could not be read"), error);
      return;
    }
  g_object_set (self->document, "unit", example->unit, NULL);
  sem_window_set_text (self, text, length);
}

/* --- models
 * --------------------------------------------------------------------------------------- */

static void
model_chosen_cb (GFile *file, gpointer data)
{
  g_autoptr (GFile) chosen = file;
  g_autofree char *path = chosen == NULL ? NULL : g_file_get_path (chosen);

  if (path != NULL)
    sem_window_open_model (SEM_WINDOW (data), path);
  else if (chosen != NULL)
    sem_window_show_toast (SEM_WINDOW (data), _ ("A model has to be on this computer"));
}

static void
other_chosen_cb (GFile *file, gpointer data)
{
  g_autoptr (GFile) chosen = file;
  g_autofree char *path = chosen == NULL ? NULL : g_file_get_path (chosen);

  if (path != NULL)
    sem_window_open_other_model (SEM_WINDOW (data), path);
  else if (chosen != NULL)
    sem_window_show_toast (SEM_WINDOW (data), _ ("A model has to be on this computer"));
}

void
sem_window_choose_model (SemWindow *self, gboolean folder, gboolean to_compare)
{
  const char *open = folder ? _ ("Open a model folder") : _ ("Open a model file");
  const char *compare
      = folder ? _ ("Compare with a model folder") : _ ("Compare with a model file");

  const SemChoose choose = { .kind = folder ? SEM_CHOOSE_FOLDER : SEM_CHOOSE_FILE,
                             .title = to_compare ? compare : open,
                             .accept = _ ("_Open"),
                             .filter_name = _ ("Models and word vectors"),
                             .suffixes = folder ? NULL : model_suffixes };

  sem_compat_choose_file (GTK_WINDOW (self), &choose,
                          to_compare ? other_chosen_cb : model_chosen_cb, G_OBJECT (self));
}

/* --- dropping
 * -------------------------------------------------------------------------------------- */

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, SemWindow *self)
{
  GSList *files;

  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return FALSE;
  files = g_value_get_boxed (value);
  if (files == NULL)
    return FALSE;
  sem_window_open_file (self, G_FILE (files->data));
  return TRUE;
}

void
sem_window_init_drop (SemWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  /* Before the text view, which would insert a file's address as text. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* --- numbers
 * --------------------------------------------------------------------------------------- */

static const struct
{
  const char *name; /* of the file that is suggested */
  SemDataKind kind;
  SemDataFormat format;
} tables[] = {
  { "similarity.csv", SEM_DATA_SIMILARITY, SEM_DATA_CSV },
  { "similarity.json", SEM_DATA_SIMILARITY, SEM_DATA_JSON },
  { "coordinates.csv", SEM_DATA_COORDINATES, SEM_DATA_CSV },
  { "coordinates.json", SEM_DATA_COORDINATES, SEM_DATA_JSON },
  { "similarity.npy", SEM_DATA_SIMILARITY, SEM_DATA_NPY },
  { "vectors.csv", SEM_DATA_VECTORS, SEM_DATA_CSV },
  { "vectors.npy", SEM_DATA_VECTORS, SEM_DATA_NPY },
};

/* The coordinates of one model on all components that the map can show, not only on the two it
 * shows now. */
static GBytes *
make_coordinates (SemAnalysis *analysis, SemDataFormat format)
{
  char *text = format == SEM_DATA_JSON ? sem_table_coordinates_json (analysis)
                                       : sem_table_coordinates_csv (analysis);

  return g_bytes_new_take (text, strlen (text));
}

/* NULL if there is no such table. */
static GBytes *
make_table (SemDocument *document, const char *what)
{
  SemAnalysis *analysis = sem_document_get_analysis (document);
  const SemViewOptions *view = sem_document_get_view_options (document);
  static const SemPictureKind pictures[] = { [SEM_DATA_SIMILARITY] = SEM_PICTURE_SIMILARITY,
                                             [SEM_DATA_COORDINATES] = SEM_PICTURE_MAP,
                                             [SEM_DATA_VECTORS] = SEM_PICTURE_VECTORS };
  SemFocus focus;

  sem_document_get_focus (document, &focus);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      const SemDataKind kind = tables[i].kind;
      const SemFigure figure
          = { .picture = pictures[kind], .comparison = sem_document_get_comparison (document) };

      if (!g_str_equal (what, tables[i].name))
        continue;
      if (sem_figure_shows_two (&figure))
        return sem_data_file_make_two (figure.comparison, kind, tables[i].format, view, NULL);
      if (kind == SEM_DATA_COORDINATES)
        return make_coordinates (analysis, tables[i].format);
      return sem_data_file_make (analysis, kind, tables[i].format, view, &focus, NULL);
    }
  return NULL;
}

static void
data_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SemWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *message = NULL;

  if (!sem_file_replace_finish (G_FILE (source), result, &error))
    {
      sem_window_show_error (self, shown, error);
      return;
    }
  message = g_markup_printf_escaped (_ ("Saved %s"), shown);
  sem_window_show_toast (self, message);
}

static void
data_chosen_cb (GFile *file, gpointer data)
{
  SemWindow *self = data;
  g_autoptr (GFile) chosen = file;
  const char *what = g_object_get_data (data, "sem-save-what");
  SemAnalysis *analysis = sem_document_get_analysis (self->document);
  g_autoptr (GBytes) bytes = NULL;

  if (chosen == NULL || analysis == NULL || what == NULL)
    return;
  bytes = make_table (self->document, what);
  g_return_if_fail (bytes != NULL);
  sem_file_replace_async (chosen, bytes, G_FILE_CREATE_NONE, NULL, data_written_cb,
                          g_object_ref (self));
}

void
sem_window_save_data (SemWindow *self, const char *what)
{
  const SemChoose choose = {
    .kind = SEM_CHOOSE_SAVE, .title = _ ("Save the numbers"), .accept = _ ("_Save"), .name = what
  };
  SemAnalysis *analysis = sem_document_get_analysis (self->document);

  if (analysis == NULL || !sem_analysis_has_vectors (analysis))
    {
      sem_window_show_toast (self, _ ("There are no numbers to save: this model has no vectors"));
      return;
    }
  g_object_set_data_full (G_OBJECT (self), "sem-save-what", g_strdup (what), g_free);
  sem_compat_choose_file (GTK_WINDOW (self), &choose, data_chosen_cb, G_OBJECT (self));
}

/* --- clipboard
 * -------------------------------------------------------------------------------------- */

static GdkTexture *
new_texture (cairo_surface_t *image)
{
  int width = cairo_image_surface_get_width (image),
      height = cairo_image_surface_get_height (image);
  int stride = cairo_image_surface_get_stride (image);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (image);
  bytes = g_bytes_new (cairo_image_surface_get_data (image), (gsize)stride * (gsize)height);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize)stride);
}

void
sem_window_copy_vectors (SemWindow *self, const char *how)
{
  SemAnalysis *analysis = sem_document_get_analysis (self->document);
  g_autofree char *text = NULL;
  SemFocus focus;

  if (analysis == NULL || !sem_analysis_has_vectors (analysis))
    return;
  sem_document_get_focus (self->document, &focus);
  text = g_str_equal (how, "python") ? sem_vectors_to_python (analysis, &focus)
                                     : sem_vectors_to_text (analysis, &focus);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  sem_window_show_toast (self, _ ("Numbers copied"));
}

void
sem_window_copy_picture (SemWindow *self)
{
  const SemPageInfo *page = sem_registry_find_page (sem_window_get_page (self));
  SemAnalysis *analysis = sem_document_get_analysis (self->document);
  SemFigure figure = { .picture = page->picture, .format = SEM_FIGURE_PNG, .scale = 2.0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  cairo_surface_t *image;
  SemFocus focus;

  if (analysis == NULL)
    return;
  figure.comparison = sem_document_get_comparison (self->document);
  figure.theme = sem_app_get_theme ()->kind;
  figure.width = CLAMP (gtk_widget_get_width (GTK_WIDGET (self->stack)), 320, 4000);
  figure.height = CLAMP (gtk_widget_get_height (GTK_WIDGET (self->stack)), 240, 4000);
  sem_document_get_focus (self->document, &focus);
  image = sem_figure_render_image (analysis, sem_document_get_view_options (self->document), &focus,
                                   &figure, &error);
  if (image == NULL)
    {
      sem_window_show_error (self, _ ("The picture could not be copied"), error);
      return;
    }
  texture = new_texture (image);
  cairo_surface_destroy (image);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
  sem_window_show_toast (self, _ ("Picture copied"));
}
