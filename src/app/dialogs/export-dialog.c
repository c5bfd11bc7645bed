/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialog keeps one SemExportJob, made when it is opened: typing behind it does not change the
 * figure under the hand.  Its controls change the job's figure; a worker draws a copy of the job
 * for the preview, and saving takes another.
 *
 * Width and height are kept in points, exactly; the two spin buttons show them rounded, in the unit
 * of choice, and change them only when a person does. */
#include "config.h"

#include "app/dialogs/export-dialog.h"

#include "app/compat.h"
#include "app/dialogs/export-preview.h"
#include "app/registry.h"
#include "app/settings.h"
#include "app/widgets/names.h"
#include "app/widgets/popovers.h"
#include "draw/figure-size.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define RESOURCE "/io/github/semblance/Semblance/export-dialog.ui"
#define MIN_SIDE_PT 16.0
#define MAX_SIDE_PT 20000.0

typedef struct
{
  const char *title; /* untranslated */
  double width, height;
  SemLengthUnit unit;
  double text_size; /* points */
} SizePreset;

static const SizePreset presets[] = {
  { N_ ("As in the window"), 0, 0, SEM_LENGTH_POINT, 13 },
  { N_ ("Slide 16:9"), 960, 540, SEM_LENGTH_POINT, 13 },
  { N_ ("Slide 4:3"), 800, 600, SEM_LENGTH_POINT, 13 },
  { N_ ("Column of a paper, 85 mm"), 85, 85, SEM_LENGTH_MM, 8 },
  { N_ ("Full width of a paper, 170 mm"), 170, 115, SEM_LENGTH_MM, 9 },
  { N_ ("A4 landscape"), 297, 210, SEM_LENGTH_MM, 13 },
  { N_ ("Own size"), -1, -1, SEM_LENGTH_POINT, 0 },
};
#define OWN_SIZE (G_N_ELEMENTS (presets) - 1)

static const struct
{
  const char *title; /* untranslated */
  guint digits;
  double step;
} units[SEM_N_LENGTH_UNITS] = {
  [SEM_LENGTH_MM] = { N_ ("Millimetres"), 1, 1.0 },
  [SEM_LENGTH_INCH] = { N_ ("Inches"), 2, 0.1 },
  [SEM_LENGTH_POINT] = { N_ ("Points"), 0, 1.0 },
  [SEM_LENGTH_PIXEL] = { N_ ("Pixels"), 0, 10.0 },
};

static const char *const format_titles[SEM_N_FIGURE_FORMATS]
    = { "PNG", "SVG", "PDF", "EPS", "WebP" };
static const char *const theme_titles[SEM_N_THEMES]
    = { N_ ("Light"), N_ ("Dark"), N_ ("High contrast"), N_ ("High contrast, dark"), N_ ("Print") };

#define SEM_TYPE_EXPORT_DIALOG (sem_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SemExportDialog, sem_export_dialog, SEM, EXPORT_DIALOG, AdwWindow)

struct _SemExportDialog
{
  AdwWindow parent_instance;

  /* template children */
  GtkDropDown *picture_choice, *format_choice, *size_choice, *unit_choice, *theme_choice;
  GtkSpinButton *width_spin, *height_spin, *dpi_spin, *text_spin;
  GtkEditable *title_entry, *caption_entry;
  GtkWidget *dpi_row, *export_button;
  GtkDrawingArea *preview;
  GtkSwitch *transparent_switch, *provenance_switch;
  GtkToggleButton *csv_button, *json_button, *latex_button, *npy_button;
  GtkLabel *size_label;

  SemWindow *window; /* owned while the dialog is up */
  SemExportJob *job; /* NULL while the controls are being set up */
  double window_width, window_height;
  guint syncing; /* the controls are being set by the program */
};

G_DEFINE_FINAL_TYPE (SemExportDialog, sem_export_dialog, ADW_TYPE_WINDOW)

/* --- the controls
 * --------------------------------------------------------------------------------- */

static SemLengthUnit
get_unit (SemExportDialog *self)
{
  return (SemLengthUnit)gtk_drop_down_get_selected (self->unit_choice);
}

static double
get_scale (SemExportDialog *self)
{
  return gtk_spin_button_get_value (self->dpi_spin) / SEM_POINTS_PER_INCH;
}

/* Which formats are in the list depends on the computer. */
static SemFigureFormat
get_format (SemExportDialog *self)
{
  guint left = gtk_drop_down_get_selected (self->format_choice);

  for (int i = 0; i < SEM_N_FIGURE_FORMATS; i++)
    if (sem_figure_format_is_available ((SemFigureFormat)i) && left-- == 0)
      return (SemFigureFormat)i;
  return SEM_FIGURE_PNG;
}

static guint
get_data_formats (SemExportDialog *self)
{
  GtkToggleButton *const buttons[SEM_N_DATA_FORMATS]
      = { self->csv_button, self->json_button, self->latex_button, self->npy_button };
  guint formats = 0;

  for (int i = 0; i < SEM_N_DATA_FORMATS; i++)
    if (gtk_toggle_button_get_active (buttons[i]))
      formats |= 1u << i;
  return formats;
}

static void
update_size_label (SemExportDialog *self)
{
  const SemFigure *figure = &self->job->figure;
  int width_mm = (int)(sem_length_from_points (figure->width, SEM_LENGTH_MM, 1.0) + 0.5);
  int height_mm = (int)(sem_length_from_points (figure->height, SEM_LENGTH_MM, 1.0) + 0.5);
  g_autofree char *text = NULL;

  if (sem_figure_format_is_raster (figure->format))
    text = g_strdup_printf (_ ("%d × %d pixels (%d × %d mm)"),
                            (int)ceil (figure->width * figure->scale - 1e-9),
                            (int)ceil (figure->height * figure->scale - 1e-9), width_mm, height_mm);
  else
    text = g_strdup_printf (_ ("%d × %d points (%d × %d mm)"), (int)(figure->width + 0.5),
                            (int)(figure->height + 0.5), width_mm, height_mm);
  gtk_label_set_label (self->size_label, text);
}

/* The figure of the controls, but for its size. */
static void
update (SemExportDialog *self)
{
  SemFigure *figure;

  if (self->job == NULL || self->syncing > 0)
    return;
  figure = &self->job->figure;
  figure->picture = (SemPictureKind)gtk_drop_down_get_selected (self->picture_choice);
  figure->format = get_format (self);
  figure->theme = (SemThemeKind)gtk_drop_down_get_selected (self->theme_choice);
  figure->scale = get_scale (self);
  figure->text_size = gtk_spin_button_get_value (self->text_spin);
  figure->transparent = gtk_switch_get_active (self->transparent_switch);
  figure->provenance = gtk_switch_get_active (self->provenance_switch);
  sem_export_job_set_texts (self->job, gtk_editable_get_text (self->title_entry),
                            gtk_editable_get_text (self->caption_entry));
  gtk_widget_set_visible (self->dpi_row, sem_figure_format_is_raster (figure->format)
                                             || get_unit (self) == SEM_LENGTH_PIXEL);
  update_size_label (self);
  sem_export_preview_show (self->preview, self->job);
}

/* The size of the figure in the unit of choice. */
static void
show_size (SemExportDialog *self)
{
  GtkSpinButton *spins[] = { self->width_spin, self->height_spin };
  const double sides[] = { self->job->figure.width, self->job->figure.height };
  SemLengthUnit unit = get_unit (self);
  double scale = get_scale (self);

  self->syncing++;
  for (int i = 0; i < 2; i++)
    {
      gtk_spin_button_set_digits (spins[i], units[unit].digits);
      gtk_spin_button_set_increments (spins[i], units[unit].step, units[unit].step * 10.0);
      gtk_spin_button_set_range (spins[i], sem_length_from_points (MIN_SIDE_PT, unit, scale),
                                 sem_length_from_points (MAX_SIDE_PT, unit, scale));
      gtk_spin_button_set_value (spins[i], sem_length_from_points (sides[i], unit, scale));
    }
  self->syncing--;
}

static void
unit_cb (SemExportDialog *self)
{
  if (self->job == NULL || self->syncing > 0)
    return;
  show_size (self);
  update (self);
}

/* More dots an inch: the same paper, or the same number of pixels, whichever is spoken of. */
static void
dpi_cb (SemExportDialog *self)
{
  if (self->job == NULL || self->syncing > 0)
    return;
  if (get_unit (self) == SEM_LENGTH_PIXEL)
    {
      self->job->figure.width = sem_length_to_points (gtk_spin_button_get_value (self->width_spin),
                                                      SEM_LENGTH_PIXEL, get_scale (self));
      self->job->figure.height = sem_length_to_points (
          gtk_spin_button_get_value (self->height_spin), SEM_LENGTH_PIXEL, get_scale (self));
      show_size (self);
    }
  update (self);
}

static void
size_cb (SemExportDialog *self)
{
  SemFigure *figure;

  if (self->job == NULL || self->syncing > 0)
    return;
  figure = &self->job->figure;
  figure->width = sem_length_to_points (gtk_spin_button_get_value (self->width_spin),
                                        get_unit (self), get_scale (self));
  figure->height = sem_length_to_points (gtk_spin_button_get_value (self->height_spin),
                                         get_unit (self), get_scale (self));
  figure->width = CLAMP (figure->width, MIN_SIDE_PT, MAX_SIDE_PT);
  figure->height = CLAMP (figure->height, MIN_SIDE_PT, MAX_SIDE_PT);
  self->syncing++;
  gtk_drop_down_set_selected (self->size_choice, OWN_SIZE);
  self->syncing--;
  update (self);
}

static void
preset_cb (SemExportDialog *self)
{
  const SizePreset *preset = &presets[gtk_drop_down_get_selected (self->size_choice)];
  SemFigure *figure;

  if (self->job == NULL || self->syncing > 0 || preset->width < 0)
    return;
  figure = &self->job->figure;
  figure->width = self->window_width;
  figure->height = self->window_height;
  self->syncing++;
  if (preset->width > 0)
    {
      figure->width = sem_length_to_points (preset->width, preset->unit, 1.0);
      figure->height = sem_length_to_points (preset->height, preset->unit, 1.0);
    }
  if (preset->unit == SEM_LENGTH_MM)
    gtk_drop_down_set_selected (self->unit_choice, SEM_LENGTH_MM);
  gtk_spin_button_set_value (self->text_spin, preset->text_size);
  self->syncing--;
  show_size (self);
  update (self);
}

/* The preset that the figure's size is, or "Own size". */
static guint
find_preset (SemExportDialog *self)
{
  const SemFigure *figure = &self->job->figure;

  for (guint i = 0; i < OWN_SIZE; i++)
    {
      double width = sem_length_to_points (presets[i].width, presets[i].unit, 1.0);
      double height = sem_length_to_points (presets[i].height, presets[i].unit, 1.0);

      if (presets[i].width == 0)
        {
          width = self->window_width;
          height = self->window_height;
        }
      if (fabs (width - figure->width) < 0.01 && fabs (height - figure->height) < 0.01)
        return i;
    }
  return OWN_SIZE;
}

/* --- saving
 * ---------------------------------------------------------------------------------------- */

static void
remember (SemExportDialog *self)
{
  GSettings *settings = sem_settings_get ();
  const char *data[SEM_N_DATA_FORMATS + 1] = { NULL };
  gsize n_data = 0;

  sem_export_job_keep (self->job, sem_window_get_document (self->window));
  if (settings == NULL)
    return;
  for (int i = 0; i < SEM_N_DATA_FORMATS; i++)
    if (self->job->data_formats & 1u << i)
      data[n_data++] = sem_data_format_get_id ((SemDataFormat)i);
  g_settings_set_string (settings, "export-format",
                         sem_figure_format_get_id (self->job->figure.format));
  g_settings_set_string (settings, "export-theme", sem_theme_get (self->job->figure.theme)->id);
  g_settings_set_string (settings, "export-unit", sem_length_unit_get_id (get_unit (self)));
  g_settings_set_int (settings, "export-dpi", gtk_spin_button_get_value_as_int (self->dpi_spin));
  g_settings_set_strv (settings, "export-data", data);
}

static void
save_and_close (SemExportDialog *self)
{
  sem_export_job_save (sem_export_job_copy (self->job), self->window);
  remember (self);
  gtk_window_close (GTK_WINDOW (self));
}

static void
answered_cb (const char *id, gpointer data)
{
  if (g_str_equal (id, "replace"))
    save_and_close (SEM_EXPORT_DIALOG (data));
}

/* The file chooser has asked about the figure's own name only. */
static void
file_chosen_cb (GFile *file, gpointer data)
{
  static const SemAnswer answers[] = { { "cancel", N_ ("_Cancel"), SEM_ANSWER_PLAIN },
                                       { "replace", N_ ("_Replace"), SEM_ANSWER_DESTRUCTIVE } };
  SemExportDialog *self = data;
  g_autoptr (GFile) chosen = file;
  g_autofree char *existing = NULL;
  g_autofree char *body = NULL;

  if (chosen == NULL)
    return;
  g_set_object (&self->job->file, chosen);
  self->job->data_formats = get_data_formats (self);
  existing = sem_export_job_list_existing (self->job);
  if (existing == NULL)
    {
      save_and_close (self);
      return;
    }
  /* Translators: %s is a list of files, one a line */
  body = g_strdup_printf (_ ("Beside the picture there are already:\n%s"), existing);
  sem_compat_ask (GTK_WINDOW (self), _ ("Replace Files?"), body, answers, G_N_ELEMENTS (answers),
                  answered_cb, G_OBJECT (self));
}

static void
export_cb (SemExportDialog *self)
{
  g_autofree char *name = NULL;
  SemChoose choose
      = { .kind = SEM_CHOOSE_SAVE, .title = _ ("Export picture"), .accept = _ ("_Save") };

  gtk_spin_button_update (self->width_spin); /* what was typed and not yet taken */
  gtk_spin_button_update (self->height_spin);
  gtk_spin_button_update (self->dpi_spin);
  gtk_spin_button_update (self->text_spin);
  update (self);
  name = g_strdup_printf ("%s.%s", sem_picture_kind_get_id (self->job->figure.picture),
                          sem_figure_format_get_id (self->job->figure.format));
  choose.name = name;
  sem_compat_choose_file (GTK_WINDOW (self), &choose, file_chosen_cb, G_OBJECT (self));
}

/* Return saves from wherever the focus is, but in a list that is open, where it chooses, and on
 * Cancel. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        SemExportDialog *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
      || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) || focus == NULL
      || gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL
      || (GTK_IS_BUTTON (focus) && !GTK_IS_TOGGLE_BUTTON (focus)))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate (self->export_button);
  return GDK_EVENT_STOP;
}

/* --- object
 * ------------------------------------------------------------------------------------------ */

static void
sem_export_dialog_dispose (GObject *object)
{
  SemExportDialog *self = SEM_EXPORT_DIALOG (object);

  g_clear_object (&self->window);
  g_clear_pointer (&self->job, sem_export_job_free);
  G_OBJECT_CLASS (sem_export_dialog_parent_class)->dispose (object);
}

#define BIND(child) gtk_widget_class_bind_template_child (widget_class, SemExportDialog, child)

static void
sem_export_dialog_class_init (SemExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_export_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE);
  BIND (picture_choice);
  BIND (format_choice);
  BIND (size_choice);
  BIND (unit_choice);
  BIND (theme_choice);
  BIND (width_spin);
  BIND (height_spin);
  BIND (dpi_spin);
  BIND (text_spin);
  BIND (title_entry);
  BIND (caption_entry);
  BIND (dpi_row);
  BIND (preview);
  BIND (export_button);
  BIND (transparent_switch);
  BIND (provenance_switch);
  BIND (csv_button);
  BIND (json_button);
  BIND (latex_button);
  BIND (npy_button);
  BIND (size_label);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, preset_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_cb);
  gtk_widget_class_bind_template_callback (widget_class, dpi_cb);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sem_export_dialog_init (SemExportDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  sem_names_reset_mnemonics (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
set_titles (GtkDropDown *choice, const char *const *titles, gsize stride, gsize n)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (gsize i = 0; i < n; i++)
    {
      const char *title = *(const char *const *)((const char *)titles + i * stride);
      g_auto (GStrv) parts = g_strsplit (_ (title), "_", 2); /* mnemonics of menus */
      g_autofree char *plain = g_strjoinv ("", parts);

      gtk_string_list_append (list, plain);
    }
  gtk_drop_down_set_model (choice, G_LIST_MODEL (list));
}

static void
fill_choices (SemExportDialog *self)
{
  const char *formats[SEM_N_FIGURE_FORMATS];
  gsize n_pages, n_formats = 0;
  const SemPageInfo *pages = sem_registry_list_pages (&n_pages);

  for (int i = 0; i < SEM_N_FIGURE_FORMATS; i++)
    if (sem_figure_format_is_available ((SemFigureFormat)i))
      formats[n_formats++] = format_titles[i];
  set_titles (self->picture_choice, &pages[0].title, sizeof pages[0],
              n_pages); /* in the order of SemPictureKind */
  set_titles (self->format_choice, formats, sizeof formats[0], n_formats);
  set_titles (self->size_choice, &presets[0].title, sizeof presets[0], G_N_ELEMENTS (presets));
  set_titles (self->unit_choice, &units[0].title, sizeof units[0], G_N_ELEMENTS (units));
  set_titles (self->theme_choice, theme_titles, sizeof theme_titles[0], SEM_N_THEMES);
}

static void
restore_choices (SemExportDialog *self)
{
  GSettings *settings = sem_settings_get ();
  g_autofree char *format = sem_settings_dup_string ("export-format");
  g_autofree char *unit = sem_settings_dup_string ("export-unit");
  g_auto (GStrv) data = settings != NULL ? g_settings_get_strv (settings, "export-data") : NULL;
  GtkToggleButton *const buttons[SEM_N_DATA_FORMATS]
      = { self->csv_button, self->json_button, self->latex_button, self->npy_button };
  guint n_formats = 0;

  for (int i = 0; i < SEM_N_FIGURE_FORMATS; i++)
    if (sem_figure_format_is_available ((SemFigureFormat)i))
      {
        if (strcmp (format, sem_figure_format_get_id ((SemFigureFormat)i)) == 0)
          gtk_drop_down_set_selected (self->format_choice, n_formats);
        n_formats++;
      }
  gtk_drop_down_set_selected (self->unit_choice, SEM_LENGTH_PIXEL);
  for (guint i = 0; i < SEM_N_LENGTH_UNITS; i++)
    if (strcmp (unit, sem_length_unit_get_id ((SemLengthUnit)i)) == 0)
      gtk_drop_down_set_selected (self->unit_choice, i);
  for (int i = 0; i < SEM_N_DATA_FORMATS && data != NULL; i++)
    gtk_toggle_button_set_active (
        buttons[i],
        g_strv_contains ((const char *const *)data, sem_data_format_get_id ((SemDataFormat)i)));
}

static void
restore_figure (SemExportDialog *self, const SemPageInfo *page)
{
  const SemFigure *figure = &self->job->figure;

  gtk_spin_button_set_value (self->dpi_spin, figure->scale * SEM_POINTS_PER_INCH);
  gtk_spin_button_set_value (self->text_spin,
                             figure->text_size > 0.0 ? figure->text_size : SEM_FIGURE_TEXT_SIZE);
  gtk_drop_down_set_selected (self->theme_choice, figure->theme);
  gtk_switch_set_active (self->transparent_switch, figure->transparent);
  gtk_switch_set_active (self->provenance_switch, figure->provenance);
  gtk_editable_set_text (self->title_entry, figure->title);
  gtk_editable_set_text (self->caption_entry, figure->caption);
  gtk_drop_down_set_selected (self->size_choice, find_preset (self));
  if (page != NULL)
    gtk_drop_down_set_selected (self->picture_choice, (guint)page->picture);
}

void
sem_export_dialog_present (SemWindow *window, const char *page)
{
  SemExportDialog *self
      = g_object_new (SEM_TYPE_EXPORT_DIALOG, "transient-for", window, "modal", TRUE, NULL);

  self->window = g_object_ref (window);
  sem_export_dialog_get_window_size (window, &self->window_width, &self->window_height);
  self->syncing++;
  fill_choices (self);
  restore_choices (self);
  self->job = sem_export_job_new (sem_window_get_document (window), self->window_width,
                                  self->window_height);
  restore_figure (self, sem_registry_find_page (page));
  self->syncing--;
  show_size (self);
  update (self);
  sem_popovers_close_with (GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->export_button); /* Return saves at once */
}

void
sem_export_dialog_get_window_size (SemWindow *window, double *width, double *height)
{
  *width = CLAMP (gtk_widget_get_width (GTK_WIDGET (window)), 320, 4000);
  *height = CLAMP (gtk_widget_get_height (GTK_WIDGET (window)) - 100, 240, 4000);
}
