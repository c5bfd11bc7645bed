/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialog keeps the analysis it was opened on: typing behind it does not change the figure under
 * the hand. */
#include "config.h"

#include "app/dialogs/export-dialog.h"

#include "app/compat.h"
#include "app/registry.h"
#include "app/settings.h"
#include "app/theme.h"
#include "app/widgets/names.h"
#include "draw/export.h"

#include <glib/gi18n.h>
#include <string.h>

#define RESOURCE "/io/github/semblance/Semblance/export-dialog.ui"
#define PREVIEW_WIDTH 340.0
#define PREVIEW_HEIGHT 240.0

typedef struct
{
  const char *title;    /* untranslated */
  double width, height; /* points */
} SizePreset;

/* 0 x 0: as in the window. */
static const SizePreset presets[] = {
  { N_ ("As in the window"), 0, 0 },
  { N_ ("Slide 16:9"), 960, 540 },
  { N_ ("Slide 4:3"), 800, 600 },
  { N_ ("Paper, one column"), 340, 340 },
  { N_ ("Paper, full width"), 700, 480 },
  { N_ ("A4 landscape"), 842, 595 },
  { N_ ("Own size"), -1, -1 },
};
#define OWN_SIZE (G_N_ELEMENTS (presets) - 1)

static const char *const format_ids[] = { "png", "svg", "pdf" };
static const char *const theme_titles[]
    = { N_ ("Light"), N_ ("Dark"), N_ ("High contrast"), N_ ("High contrast, dark"), N_ ("Print") };

#define SEM_TYPE_EXPORT_DIALOG (sem_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SemExportDialog, sem_export_dialog, SEM, EXPORT_DIALOG, AdwWindow)

struct _SemExportDialog
{
  AdwWindow parent_instance;

  /* template children */
  GtkDropDown *picture_choice, *format_choice, *size_choice, *theme_choice, *scale_choice;
  GtkSpinButton *width_spin, *height_spin;
  GtkWidget *scale_row, *own_size_row, *preview;
  GtkSwitch *transparent_switch;
  GtkLabel *size_label;

  SemWindow *window; /* owned while the dialog is up */
  SemAnalysis *analysis;
  SemComparison *comparison; /* or NULL */
  SemViewOptions options;
  gsize *selected;
  gsize n_selected;
  cairo_surface_t *image; /* of the preview, or NULL */
  double window_width, window_height;
};

G_DEFINE_FINAL_TYPE (SemExportDialog, sem_export_dialog, ADW_TYPE_WINDOW)

static void
get_figure (SemExportDialog *self, SemFigure *figure)
{
  const SizePreset *preset = &presets[gtk_drop_down_get_selected (self->size_choice)];

  *figure = (SemFigure){
    .picture = (SemPictureKind)gtk_drop_down_get_selected (self->picture_choice),
    .format = (SemFigureFormat)gtk_drop_down_get_selected (self->format_choice),
    .theme = (SemThemeKind)gtk_drop_down_get_selected (self->theme_choice),
    .scale = 1.0 + gtk_drop_down_get_selected (self->scale_choice),
    .transparent = gtk_switch_get_active (self->transparent_switch),
    .width = preset->width,
    .height = preset->height,
  };
  if (preset->width == 0)
    {
      figure->width = self->window_width;
      figure->height = self->window_height;
    }
  else if (preset->width < 0)
    {
      figure->width = gtk_spin_button_get_value (self->width_spin);
      figure->height = gtk_spin_button_get_value (self->height_spin);
    }
  figure->comparison = self->comparison;
}

static void
get_focus (SemExportDialog *self, SemFocus *focus)
{
  static const SemItem none = SEM_ITEM_INIT;

  *focus = (SemFocus){ .hover = none, .selected = self->selected, .n_selected = self->n_selected };
}

static void
draw_preview_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  SemExportDialog *self = data;
  double image_width, image_height, scale;

  if (self->image == NULL)
    return;
  image_width = cairo_image_surface_get_width (self->image);
  image_height = cairo_image_surface_get_height (self->image);
  scale = MIN (width / image_width, height / image_height);
  cairo_translate (cr, (width - image_width * scale) / 2, (height - image_height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, self->image, 0, 0);
  cairo_paint (cr);
}

static void
update_size_label (SemExportDialog *self, const SemFigure *figure)
{
  g_autofree char *text = NULL;

  if (figure->format == SEM_FIGURE_PNG)
    text = g_strdup_printf (_ ("%d × %d pixels"), (int)(figure->width * figure->scale + 0.5),
                            (int)(figure->height * figure->scale + 0.5));
  else
    text = g_strdup_printf (_ ("%d × %d points (%d × %d mm)"), (int)figure->width,
                            (int)figure->height, (int)(figure->width * 25.4 / 72),
                            (int)(figure->height * 25.4 / 72));
  gtk_label_set_label (self->size_label, text);
}

static void
update (SemExportDialog *self)
{
  SemFigure figure;
  SemFocus focus;
  double fit;

  if (self->analysis == NULL)
    return; /* still being set up */
  get_figure (self, &figure);
  get_focus (self, &focus);
  gtk_widget_set_visible (self->scale_row, figure.format == SEM_FIGURE_PNG);
  gtk_widget_set_visible (self->own_size_row,
                          gtk_drop_down_get_selected (self->size_choice) == OWN_SIZE);
  update_size_label (self, &figure);
  g_clear_pointer (&self->image, cairo_surface_destroy);
  fit = MIN (PREVIEW_WIDTH / figure.width, PREVIEW_HEIGHT / figure.height);
  figure.format = SEM_FIGURE_PNG;
  figure.scale = CLAMP (fit * gtk_widget_get_scale_factor (GTK_WIDGET (self)), 0.25, 4.0);
  self->image = sem_figure_render_image (self->analysis, &self->options, &focus, &figure, NULL);
  gtk_widget_queue_draw (self->preview);
}

/* --- saving
 * ----------------------------------------------------------------------------------------- */

typedef struct
{
  SemAnalysis *analysis;
  SemViewOptions options;
  gsize *selected;
  gsize n_selected;
  SemFigure figure;
  GFile *file;
} SaveJob;

static void
save_job_free (SaveJob *job)
{
  sem_analysis_unref (job->analysis);
  g_clear_pointer (&job->figure.comparison, sem_comparison_unref);
  g_free (job->selected);
  g_object_unref (job->file);
  g_free (job);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SaveJob *job = data;
  static const SemItem none = SEM_ITEM_INIT;
  SemFocus focus = { .hover = none, .selected = job->selected, .n_selected = job->n_selected };
  GError *error = NULL;

  if (sem_figure_save (job->analysis, &job->options, &focus, &job->figure, job->file, cancellable,
                       &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  SemWindow *window = SEM_WINDOW (source);
  SaveJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (job->file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *message = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      message = g_markup_printf_escaped (_ ("Exported %s"), shown);
      sem_window_show_toast (window, message);
    }
  else
    sem_window_show_error (window, shown, error);
}

static void
start_saving (SemExportDialog *self, GFile *file)
{
  SaveJob *job = g_new0 (SaveJob, 1);
  g_autoptr (GTask) task = g_task_new (self->window, NULL, saved_cb, NULL);
  g_autofree char *name = g_file_get_basename (file);
  SemFigureFormat by_name;

  job->analysis = sem_analysis_ref (self->analysis);
  job->options = self->options;
  job->selected = g_memdup2 (self->selected, self->n_selected * sizeof (gsize));
  job->n_selected = self->n_selected;
  job->file = g_object_ref (file);
  get_figure (self, &job->figure);
  if (job->figure.comparison != NULL)
    sem_comparison_ref (job->figure.comparison);
  /* The name that was typed has the last word. */
  if (sem_figure_format_from_name (name, &by_name))
    job->figure.format = by_name;
  g_task_set_source_tag (task, start_saving);
  g_task_set_task_data (task, job, (GDestroyNotify)save_job_free);
  g_task_run_in_thread (task, save_in_thread);
}

static void
remember (SemExportDialog *self)
{
  GSettings *settings = sem_settings_get ();

  if (settings == NULL)
    return;
  g_settings_set_string (settings, "export-format",
                         format_ids[gtk_drop_down_get_selected (self->format_choice)]);
  g_settings_set_string (
      settings, "export-theme",
      sem_theme_get ((SemThemeKind)gtk_drop_down_get_selected (self->theme_choice))->id);
  g_settings_set_int (settings, "export-scale",
                      1 + (int)gtk_drop_down_get_selected (self->scale_choice));
}

static void
file_chosen_cb (GFile *file, gpointer data)
{
  SemExportDialog *self = data;
  g_autoptr (GFile) chosen = file;

  if (chosen == NULL)
    return;
  start_saving (self, chosen);
  remember (self);
  gtk_window_close (GTK_WINDOW (self));
}

static void
export_cb (SemExportDialog *self)
{
  SemFigure figure;
  g_autofree char *name = NULL;
  SemChoose choose
      = { .kind = SEM_CHOOSE_SAVE, .title = _ ("Export picture"), .accept = _ ("_Save") };

  get_figure (self, &figure);
  name = g_strdup_printf ("%s.%s", sem_picture_kind_get_id (figure.picture),
                          format_ids[figure.format]);
  choose.name = name;
  sem_compat_choose_file (GTK_WINDOW (self), &choose, file_chosen_cb, G_OBJECT (self));
}

/* --- object
 * ------------------------------------------------------------------------------------------ */

static void
sem_export_dialog_dispose (GObject *object)
{
  SemExportDialog *self = SEM_EXPORT_DIALOG (object);

  g_clear_object (&self->window);
  g_clear_pointer (&self->analysis, sem_analysis_unref);
  g_clear_pointer (&self->comparison, sem_comparison_unref);
  g_clear_pointer (&self->selected, g_free);
  g_clear_pointer (&self->image, cairo_surface_destroy);
  G_OBJECT_CLASS (sem_export_dialog_parent_class)->dispose (object);
}

static void
sem_export_dialog_class_init (SemExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_export_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, picture_choice);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, format_choice);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, size_choice);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, theme_choice);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, scale_choice);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, width_spin);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, height_spin);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, scale_row);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, own_size_row);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, transparent_switch);
  gtk_widget_class_bind_template_child (widget_class, SemExportDialog, size_label);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sem_export_dialog_init (SemExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sem_names_reset_mnemonics (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->preview), draw_preview_cb, self, NULL);
}

static void
fill_choices (SemExportDialog *self)
{
  g_autoptr (GtkStringList) pictures = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) sizes = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) themes = gtk_string_list_new (NULL);
  gsize n_pages;
  const SemPageInfo *pages = sem_registry_list_pages (&n_pages);

  for (gsize i = 0; i < n_pages; i++) /* in the order of SemPictureKind */
    {
      g_auto (GStrv) parts = g_strsplit (_ (pages[i].title), "_", 2);
      g_autofree char *title = g_strjoinv ("", parts);

      gtk_string_list_append (pictures, title);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    gtk_string_list_append (sizes, _ (presets[i].title));
  for (gsize i = 0; i < G_N_ELEMENTS (theme_titles); i++)
    gtk_string_list_append (themes, _ (theme_titles[i]));
  gtk_drop_down_set_model (self->picture_choice, G_LIST_MODEL (pictures));
  gtk_drop_down_set_model (self->size_choice, G_LIST_MODEL (sizes));
  gtk_drop_down_set_model (self->theme_choice, G_LIST_MODEL (themes));
}

static void
restore (SemExportDialog *self)
{
  GSettings *settings = sem_settings_get ();
  g_autofree char *format = sem_settings_dup_string ("export-format");
  g_autofree char *theme = sem_settings_dup_string ("export-theme");
  SemThemeKind kind = SEM_THEME_LIGHT;

  for (guint i = 0; i < G_N_ELEMENTS (format_ids); i++)
    if (strcmp (format, format_ids[i]) == 0)
      gtk_drop_down_set_selected (self->format_choice, i);
  if (sem_theme_kind_from_id (theme, &kind))
    gtk_drop_down_set_selected (self->theme_choice, kind);
  gtk_drop_down_set_selected (
      self->scale_choice,
      settings == NULL ? 1 : (guint)g_settings_get_int (settings, "export-scale") - 1);
}

void
sem_export_dialog_present (SemWindow *window, const char *page)
{
  SemExportDialog *self
      = g_object_new (SEM_TYPE_EXPORT_DIALOG, "transient-for", window, "modal", TRUE, NULL);
  SemDocument *document = sem_window_get_document (window);
  const SemPageInfo *info = sem_registry_find_page (page);
  SemFocus focus;

  self->window = g_object_ref (window);
  self->options = *sem_document_get_view_options (document);
  sem_document_get_focus (document, &focus);
  self->selected = g_memdup2 (focus.selected, focus.n_selected * sizeof (gsize));
  self->n_selected = focus.n_selected;
  self->window_width = CLAMP (gtk_widget_get_width (GTK_WIDGET (window)), 320, 4000);
  self->window_height = CLAMP (gtk_widget_get_height (GTK_WIDGET (window)) - 100, 240, 4000);
  fill_choices (self);
  restore (self);
  if (info != NULL)
    gtk_drop_down_set_selected (self->picture_choice, (guint)info->picture);
  self->analysis = sem_analysis_ref (sem_document_get_analysis (document));
  if (sem_document_get_comparison (document) != NULL)
    self->comparison = sem_comparison_ref (sem_document_get_comparison (document));
  update (self);
  gtk_window_present (GTK_WINDOW (self));
}
