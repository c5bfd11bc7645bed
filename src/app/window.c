/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building the window and following the document. */
#include "config.h"

#include "app/window-private.h"

#include "app/dialogs/sum-view.h"
#include "app/preload.h"
#include "app/registry.h"
#include "app/theme.h"
#include "app/trace.h"
#include "app/views/heatmap-view.h"
#include "app/views/map-view.h"
#include "app/views/tokens-view.h"
#include "app/views/vectors-view.h"
#include "app/widgets/axes-button.h"
#include "app/widgets/card.h"
#include "app/widgets/choice-button.h"
#include "app/widgets/explain-pane.h"
#include "app/widgets/fit.h"
#include "app/widgets/menu-button.h"
#include "app/widgets/names.h"
#include "app/widgets/page-switcher.h"
#include "app/widgets/range-entry.h"
#include "app/widgets/split.h"
#include "app/widgets/scroller.h"
#include "app/widgets/table.h"
#include "app/widgets/text-entry.h"
#include "doc/describe.h"
#include "doc/sum.h"

#include <glib/gi18n.h>

/* An analysis that takes longer shows a spinner. */
#define BUSY_DELAY_MS 250

#define FOCUS_BEFORE "sem-focus-before"
#define SUM_MARGIN 80 /* around the sum, within the window */
#define RESOURCES "/io/github/semblance/Semblance/"

enum
{
  PROP_0,
  PROP_SHOW_TABLE,
  PROP_SHOW_NEIGHBORHOOD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SemWindow, sem_window, ADW_TYPE_APPLICATION_WINDOW)

void
sem_window_show_toast (SemWindow *self, const char *message)
{
  AdwToast *toast = adw_toast_new (message);

  /* The newest has the word: what failed three clicks ago is not worth waiting for. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_set_timeout (toast, 6);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
sem_window_show_error (SemWindow *self, const char *what, const GError *error)
{
  /* A toast's title is markup: what a file says must not be. */
  g_autofree char *plain = g_strdup_printf ("%s: %s", what, error->message);
  g_autofree char *escaped = g_markup_escape_text (plain, -1);

  sem_window_show_toast (self, escaped);
}

const char *
sem_window_get_page (SemWindow *self)
{
  const char *name = adw_view_stack_get_visible_child_name (self->stack);

  return name == NULL ? "overview" : name;
}

SemDocument *
sem_window_get_document (SemWindow *self)
{
  return self->document;
}

/* --- pages
 * ---------------------------------------------------------------------------------------- */

/* Gives the document to every widget below that has a property of that name. */
static void
hand_out_document (GtkWidget *widget, SemWindow *self)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (widget), "document");

  if (pspec != NULL && pspec->value_type == SEM_TYPE_DOCUMENT)
    g_object_set (widget, "document", self->document, NULL);
  if (SEM_IS_TABLE (widget) && !sem_table_get_pinned (SEM_TABLE (widget)))
    g_object_bind_property (self, "show-table", widget, "visible", G_BINDING_SYNC_CREATE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hand_out_document (child, self);
}

/* Fills the visible page when it is shown for the first time. */
static void
build_page (SemWindow *self)
{
  AdwBin *bin = ADW_BIN (adw_view_stack_get_visible_child (self->stack));
  const char *name = adw_view_stack_get_visible_child_name (self->stack);
  g_autoptr (GtkBuilder) builder = NULL;
  g_autofree char *resource = NULL;
  GtkWidget *page;
  GObject *copy_button;

  if (bin == NULL || adw_bin_get_child (bin) != NULL)
    return;
  resource = g_strconcat (RESOURCES, name, "-page.ui", NULL);
  builder = gtk_builder_new_from_resource (resource);
  page = GTK_WIDGET (gtk_builder_get_object (builder, "page"));
  hand_out_document (page, self);
  copy_button = gtk_builder_get_object (builder, "copy_button");
  if (copy_button != NULL)
    gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (copy_button), sem_menu_button_create_cb,
                                           "vector-copy", NULL);
  adw_bin_set_child (bin, page);
}

static void
add_pages (SemWindow *self)
{
  gsize n_pages;
  const SemPageInfo *pages = sem_registry_list_pages (&n_pages);

  for (gsize i = 0; i < n_pages; i++)
    {
      AdwViewStackPage *page = adw_view_stack_add_titled (self->stack, adw_bin_new (), pages[i].id,
                                                          _ (pages[i].title));

      adw_view_stack_page_set_icon_name (page, pages[i].icon);
      adw_view_stack_page_set_use_underline (page, TRUE);
      sem_page_switcher_add (self->switcher, pages[i].id, _ (pages[i].title), pages[i].icon);
    }
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (build_page), self,
                           G_CONNECT_SWAPPED);
}

/* --- the strip
 * ------------------------------------------------------------------------------------ */

static const char *
format_hex (SemRgba color, char out[8])
{
  g_snprintf (out, 8, "#%02x%02x%02x", (guint)(color.r * 255 + 0.5), (guint)(color.g * 255 + 0.5),
              (guint)(color.b * 255 + 0.5));
  return out;
}

static void
append_part (GString *markup, const char *format, const char *text)
{
  g_autofree char *escaped = NULL;
  g_auto (GStrv) parts = NULL;

  if (text == NULL || *text == '\0')
    return;
  escaped = g_markup_escape_text (text, -1);
  parts = g_strsplit (format, "%s", 2);
  g_string_append_printf (markup, "%s%s%s", parts[0], escaped, parts[1]);
}

static void
update_strip (SemWindow *self)
{
  const SemTheme *theme = sem_app_get_theme ();
  g_autoptr (SemDescription) description = sem_description_new (self->document);
  g_autoptr (GString) markup = g_string_new (NULL);
  g_autofree char *sentence = NULL;
  char good[8], bad[8];
  gsize unit;

  append_part (markup, "<b>%s</b>", description->subject);
  append_part (markup, "     %s ", description->quantity);
  append_part (markup, "<b>%s</b>", description->value);
  if (description->is_high || description->is_low)
    {
      g_autofree char *format = g_strdup_printf (
          "     <span weight=\"bold\" foreground=\"%s\">%%s</span>",
          description->is_high ? format_hex (theme->good, good) : format_hex (theme->bad, bad));

      append_part (markup, format, description->word);
    }
  else
    append_part (markup, "     <b>%s</b>", description->word);
  append_part (markup, "     <span alpha=\"70%\">%s</span>", description->details);
  gtk_label_set_markup (self->strip_label, markup->str);
  sentence = sem_description_dup_sentence (description);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->strip_label), sentence);
  gtk_widget_set_sensitive (GTK_WIDGET (self->sum_button),
                            description->has_sum || sem_sum_get_unit (self->document, &unit));
}

/* --- the sum
 * -------------------------------------------------------------------------------------- */

static gboolean
focus_cb (gpointer widget)
{
  if (gtk_widget_get_mapped (widget))
    gtk_widget_grab_focus (widget);
  return G_SOURCE_REMOVE;
}

/* The focus goes back to the picture whose number was opened: before the next key, but not at once,
 * for GTK 4.18 gives it to the button after this. */
static void
sum_closed_cb (GtkPopover *popover, SemWindow *self)
{
  GtkWidget *before = g_object_steal_data (G_OBJECT (popover), FOCUS_BEFORE);

  if (before != NULL)
    g_idle_add_full (G_PRIORITY_HIGH, focus_cb, before, g_object_unref);
}

static void
create_sum_popover_cb (GtkMenuButton *button, gpointer data)
{
  SemWindow *self = data;
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (button));
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *view;

  if (popover == NULL)
    {
      popover = gtk_popover_new ();
      /* The button is at the window's right edge; centred on it half of the sum would be off a
       * small screen. */
      gtk_widget_set_halign (popover, GTK_ALIGN_END);
      gtk_menu_button_set_popover (button, popover);
      g_signal_connect_object (popover, "closed", G_CALLBACK (sum_closed_cb), self, 0);
    }
  if (focus != NULL)
    g_object_set_data_full (G_OBJECT (popover), FOCUS_BEFORE, g_object_ref (focus), g_object_unref);
  view = sem_sum_view_new (self->document);
  sem_sum_view_set_room (view, gtk_widget_get_width (GTK_WIDGET (self)) - SUM_MARGIN,
                         gtk_widget_get_height (GTK_WIDGET (self)) - 2 * SUM_MARGIN);
  gtk_popover_set_child (GTK_POPOVER (popover), view);
}

/* --- following the document
 * ------------------------------------------------------------------------ */

static gboolean
show_busy_cb (gpointer data)
{
  SemWindow *self = data;

  self->busy_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

/* A spinner only for what takes long enough to be noticed. */
static void
update_busy (SemWindow *self)
{
  gboolean busy = sem_document_is_busy (self->document)
                  || sem_document_get_stage (self->document) == SEM_STAGE_LOADING;

  if (busy && self->busy_id == 0 && !gtk_widget_get_visible (GTK_WIDGET (self->spinner)))
    self->busy_id = g_timeout_add (BUSY_DELAY_MS, show_busy_cb, self);
  if (busy)
    return;
  g_clear_handle_id (&self->busy_id, g_source_remove);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static void
changed_cb (SemDocument *document, guint flags, SemWindow *self)
{
  const guint strip
      = SEM_CHANGED_ANALYSIS | SEM_CHANGED_HOVER | SEM_CHANGED_SELECTION | SEM_CHANGED_STAGE;

  sem_window_text_changed (self, flags);
  sem_window_project_changed (self, flags);
  update_busy (self);
  if (flags & strip)
    update_strip (self);
  if (flags & SEM_CHANGED_HISTORY)
    sem_window_history_changed (self);
  if (flags & (SEM_CHANGED_MODEL | SEM_CHANGED_STAGE))
    {
      sem_window_model_changed (self);
      sem_window_opening_changed (self);
    }
  if (flags
      & (SEM_CHANGED_ANALYSIS | SEM_CHANGED_SELECTION | SEM_CHANGED_STAGE | SEM_CHANGED_MODEL))
    sem_window_update_actions (self);
  if ((flags & SEM_CHANGED_STAGE) && sem_document_get_error (document) != NULL)
    sem_window_show_error (self, _ ("This text could not be analysed"),
                           sem_document_get_error (document));
}

static void
theme_changed_cb (SemWindow *self)
{
  self->has_marks = TRUE; /* in the other theme's colours */
  sem_window_text_changed (self, SEM_CHANGED_SELECTION);
  update_strip (self);
}

/* In a narrow window the pages' names move to the bottom.  The bar is made when it is first needed:
 * five buttons with icons are a tenth of the start-up.  What the header asks for must not depend on
 * it, or the two would chase one another: the model's name may always be cut. */
static void
narrow_cb (SemFit *fit, GParamSpec *pspec, SemWindow *self)
{
  gboolean narrow = sem_fit_get_is_narrow (fit);

  if (self->bar == NULL && narrow)
    {
      self->bar = adw_view_switcher_bar_new ();
      adw_view_switcher_bar_set_stack (ADW_VIEW_SWITCHER_BAR (self->bar), self->stack);
      gtk_box_append (self->content, self->bar);
    }
  if (self->bar != NULL)
    adw_view_switcher_bar_set_reveal (ADW_VIEW_SWITCHER_BAR (self->bar), narrow);
}

/* All views of the visible page have drawn the current analysis. */
static gboolean
is_complete (gpointer data)
{
  SemWindow *self = data;
  GtkWidget *page = adw_view_stack_get_visible_child (self->stack);
  GQueue queue = G_QUEUE_INIT;
  gboolean complete = sem_document_get_analysis (self->document) != NULL && page != NULL;

  g_queue_push_tail (&queue, page);
  while (complete && !g_queue_is_empty (&queue))
    {
      GtkWidget *widget = g_queue_pop_head (&queue);

      if (SEM_IS_VIEW (widget))
        complete = sem_view_is_drawn (SEM_VIEW (widget));
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        g_queue_push_tail (&queue, child);
    }
  g_queue_clear (&queue);
  return complete;
}

/* --- object --------------------------------------------------------------------------------------
 */

static void
sem_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SHOW_TABLE)
    g_value_set_boolean (value, SEM_WINDOW (object)->show_table);
  else if (id == PROP_SHOW_NEIGHBORHOOD)
    g_value_set_boolean (value, SEM_WINDOW (object)->show_neighborhood);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sem_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SemWindow *self = SEM_WINDOW (object);

  gboolean *flag = id == PROP_SHOW_TABLE ? &self->show_table : &self->show_neighborhood;

  if (id != PROP_SHOW_TABLE && id != PROP_SHOW_NEIGHBORHOOD)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (*flag != g_value_get_boolean (value))
    {
      *flag = g_value_get_boolean (value);
      if (id == PROP_SHOW_NEIGHBORHOOD)
        sem_window_update_neighborhood (self);
      g_object_notify_by_pspec (object, pspec);
    }
}

static gboolean
sem_window_close_request (GtkWindow *window)
{
  if (!sem_window_may_close (SEM_WINDOW (window)))
    return TRUE;
  sem_window_save_state (SEM_WINDOW (window));
  return GTK_WINDOW_CLASS (sem_window_parent_class)->close_request (window);
}

static void
sem_window_dispose (GObject *object)
{
  SemWindow *self = SEM_WINDOW (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_handle_id (&self->busy_id, g_source_remove);
  g_clear_weak_pointer (&self->toast);
  sem_window_free_opening (self);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->model_action);
  g_clear_object (&self->menus[0]);
  g_clear_object (&self->menus[1]);
  g_clear_object (&self->other_action);
  g_clear_pointer (&self->text_before_long, g_free);
  G_OBJECT_CLASS (sem_window_parent_class)->dispose (object);
}

static void
sem_window_finalize (GObject *object)
{
  sem_window_free_project (SEM_WINDOW (object));
  g_clear_object (&SEM_WINDOW (object)->document);
  G_OBJECT_CLASS (sem_window_parent_class)->finalize (object);
}

static void
sem_window_class_init (SemWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sem_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sem_window_finalize;
  G_OBJECT_CLASS (klass)->get_property = sem_window_get_property;
  G_OBJECT_CLASS (klass)->set_property = sem_window_set_property;
  GTK_WINDOW_CLASS (klass)->close_request = sem_window_close_request;
  properties[PROP_SHOW_TABLE]
      = g_param_spec_boolean ("show-table", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SHOW_NEIGHBORHOOD]
      = g_param_spec_boolean ("show-neighborhood", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  g_type_ensure (SEM_TYPE_FIT);
  g_type_ensure (SEM_TYPE_TEXT_ENTRY);
  g_type_ensure (SEM_TYPE_PAGE_SWITCHER);
  g_type_ensure (SEM_TYPE_SPLIT);
  g_type_ensure (SEM_TYPE_SCROLLER);
  g_type_ensure (SEM_TYPE_CARD);
  g_type_ensure (SEM_TYPE_TABLE);
  g_type_ensure (SEM_TYPE_EXPLAIN_PANE);
  g_type_ensure (SEM_TYPE_AXES_BUTTON);
  g_type_ensure (SEM_TYPE_CHOICE_BUTTON);
  g_type_ensure (SEM_TYPE_RANGE_ENTRY);
  g_type_ensure (SEM_TYPE_TOKENS_VIEW);
  g_type_ensure (SEM_TYPE_HEATMAP_VIEW);
  g_type_ensure (SEM_TYPE_MAP_VIEW);
  g_type_ensure (SEM_TYPE_VECTORS_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCES "window.ui");
  gtk_widget_class_bind_template_child (widget_class, SemWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, model_button);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, examples_button);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, sum_button);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, model_label);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, strip_label);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, long_label);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, text_view);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, long_bar);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, unit_button);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, content);
  gtk_widget_class_bind_template_child (widget_class, SemWindow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, narrow_cb);
}

static void
sem_window_init (SemWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sem_names_reset_mnemonics (GTK_WIDGET (self));
  self->document = sem_document_new ();
  sem_window_init_project (self);
  g_signal_connect_object (self->document, "changed", G_CALLBACK (changed_cb), self, 0);
  sem_app_connect_theme_changed (G_CALLBACK (theme_changed_cb), G_OBJECT (self));
  gtk_menu_button_set_create_popup_func (self->sum_button, create_sum_popover_cb, self, NULL);
  if (SEM_DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

static GMenuModel *
new_examples_menu (void)
{
  GMenu *menu = g_menu_new ();
  gsize n_examples;
  const SemExampleInfo *list = sem_registry_list_examples (&n_examples);

  for (gsize i = 0; i < n_examples; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (list[i].title), NULL);

      g_menu_item_set_action_and_target (item, "win.example", "s", list[i].id);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
create_examples_menu_cb (GtkMenuButton *button, gpointer data)
{
  g_autoptr (GMenuModel) menu = new_examples_menu ();

  sem_menu_button_fill (button, menu);
}

/* Menus are built when they are first opened, not when the window is. */
static void
set_menus (SemWindow *self)
{
  gtk_menu_button_set_create_popup_func (self->open_button, sem_menu_button_create_cb, "open-menu",
                                         NULL);
  gtk_menu_button_set_create_popup_func (self->menu_button, sem_menu_button_create_cb, "main-menu",
                                         NULL);
  gtk_menu_button_set_create_popup_func (self->examples_button, create_examples_menu_cb, NULL,
                                         NULL);
  g_object_set (self->unit_button, "document", self->document, NULL);
}

/* Fontconfig looks for fonts in a thread, one after the other, while the window is built: the
 * labels' first, then the text's and the pictures'. */
static void
prepare_fonts (SemWindow *self)
{
  GtkWidget *const widgets[] = { GTK_WIDGET (self), GTK_WIDGET (self->text_view) };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    {
      PangoContext *context = gtk_widget_get_pango_context (widgets[i]);
      PangoFontDescription *font
          = pango_font_description_copy (pango_context_get_font_description (context));

      for (guint bold = 0; bold < (i == 0 ? 2 : 1); bold++)
        {
          PangoFontset *found;

          pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
          found = pango_context_load_fontset (context, font, pango_context_get_language (context));
          g_clear_object (&found);
        }
      pango_font_description_free (font);
    }
  sem_text_context_prepare (sem_app_get_text_context ());
}

SemWindow *
sem_window_new (GtkApplication *application, SemPreload *preload)
{
  SemWindow *self = g_object_new (SEM_TYPE_WINDOW, "application", application, NULL);
  g_autoptr (SemPreloaded) first = NULL;

  prepare_fonts (self);
  set_menus (self);
  sem_window_init_text (self);
  sem_window_init_actions (self);
  sem_window_init_drop (self);
  sem_window_init_model (self);
  add_pages (self);
  sem_window_restore_state (self);
  sem_trace_watch (GTK_WIDGET (self), self->document, is_complete, self);

  first = sem_preload_finish (preload);
  sem_window_set_text (self, first->text, first->length);
  if (first->model != NULL && first->analysis != NULL)
    sem_document_adopt_analysis (self->document, first->analysis);
  else if (first->model != NULL)
    sem_document_set_model (self->document, first->model);
  if (first->late_path != NULL)
    sem_window_open_tensor (self, first->late_path,
                            *first->late_tensor != '\0' ? first->late_tensor : NULL);
  if (first->error != NULL)
    sem_window_show_error (self, _ ("The last model could not be opened"), first->error);
  build_page (self);
  update_strip (self);
  sem_window_init_history (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
  sem_window_recover_project (self);
  return self;
}
