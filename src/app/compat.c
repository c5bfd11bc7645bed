/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Raises what may be called to the newest and asks for the version with GTK_CHECK_VERSION and
 * ADW_CHECK_VERSION. */
#undef GDK_VERSION_MAX_ALLOWED
#undef ADW_VERSION_MAX_ALLOWED

#include "config.h"

#include "app/compat.h"

#include <glib/gi18n.h>
#include <math.h>

/* --- choosing files
 * ------------------------------------------------------------------------------- */

typedef struct
{
  SemChooseKind kind;
  SemChooseFunc callback;
  GObject *user_data; /* owned */
} Answer;

static Answer *
answer_new (SemChooseKind kind, SemChooseFunc callback, GObject *user_data)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->kind = kind;
  answer->callback = callback;
  answer->user_data = g_object_ref (user_data);
  return answer;
}

static void
answer_take (Answer *answer, GFile *file)
{
  answer->callback (file, answer->user_data);
  g_object_unref (answer->user_data);
  g_free (answer);
}

static GtkFileFilter *
new_filter (const SemChoose *choose)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, choose->filter_name);
  for (guint i = 0; choose->suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, choose->suffixes[i]);
  return filter;
}

static GtkFileFilter *
new_all_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("All files"));
  gtk_file_filter_add_pattern (filter, "*");
  return filter;
}

#if GTK_CHECK_VERSION(4, 10, 0)

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  GtkFileDialog *dialog = GTK_FILE_DIALOG (source);
  GFile *file;

  if (answer->kind == SEM_CHOOSE_FOLDER)
    file = gtk_file_dialog_select_folder_finish (dialog, result, NULL);
  else if (answer->kind == SEM_CHOOSE_SAVE)
    file = gtk_file_dialog_save_finish (dialog, result, NULL);
  else
    file = gtk_file_dialog_open_finish (dialog, result, NULL);
  answer_take (answer, file);
}

void
sem_compat_choose_file (GtkWindow *parent,
                        const SemChoose *choose,
                        SemChooseFunc callback,
                        GObject *user_data)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Answer *answer = answer_new (choose->kind, callback, user_data);

  gtk_file_dialog_set_title (dialog, choose->title);
  gtk_file_dialog_set_accept_label (dialog, choose->accept);
  if (choose->name != NULL)
    gtk_file_dialog_set_initial_name (dialog, choose->name);
  if (choose->suffixes != NULL)
    {
      g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
      g_autoptr (GtkFileFilter) filter = new_filter (choose);
      g_autoptr (GtkFileFilter) all = new_all_filter ();

      g_list_store_append (filters, filter);
      g_list_store_append (filters, all);
      gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
    }
  if (choose->kind == SEM_CHOOSE_FOLDER)
    gtk_file_dialog_select_folder (dialog, parent, NULL, chosen_cb, answer);
  else if (choose->kind == SEM_CHOOSE_SAVE)
    gtk_file_dialog_save (dialog, parent, NULL, chosen_cb, answer);
  else
    gtk_file_dialog_open (dialog, parent, NULL, chosen_cb, answer);
}

#else

static void
response_cb (GtkNativeDialog *dialog, int response, Answer *answer)
{
  GFile *file = response == GTK_RESPONSE_ACCEPT
                    ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                    : NULL;

  answer_take (answer, file);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog); /* the reference held until the answer */
}

void
sem_compat_choose_file (GtkWindow *parent,
                        const SemChoose *choose,
                        SemChooseFunc callback,
                        GObject *user_data)
{
  static const GtkFileChooserAction actions[] = {
    [SEM_CHOOSE_FILE] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [SEM_CHOOSE_FOLDER] = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
    [SEM_CHOOSE_SAVE] = GTK_FILE_CHOOSER_ACTION_SAVE,
  };
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      choose->title, parent, actions[choose->kind], choose->accept, _ ("_Cancel"));

  if (choose->name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), choose->name);
  if (choose->suffixes != NULL)
    {
      g_autoptr (GtkFileFilter) filter = new_filter (choose);
      g_autoptr (GtkFileFilter) all = new_all_filter ();

      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb),
                    answer_new (choose->kind, callback, user_data));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

#endif

/* --- questions
 * ------------------------------------------------------------------------------------ */

typedef struct
{
  SemAnswerFunc callback;
  GObject *user_data;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->user_data);
  g_free (question);
}

static void
question_response_cb (GObject *dialog, const char *response, Question *question)
{
  question->callback (response, question->user_data);
}

#if ADW_CHECK_VERSION(1, 5, 0)
#define MESSAGE(name) adw_alert_dialog_##name
#define MESSAGE_CAST ADW_ALERT_DIALOG
#else
#define MESSAGE(name) adw_message_dialog_##name
#define MESSAGE_CAST ADW_MESSAGE_DIALOG
#endif

void
sem_compat_ask (GtkWindow *parent,
                const char *heading,
                const char *body,
                const SemAnswer *answers,
                gsize n_answers,
                SemAnswerFunc callback,
                GObject *user_data)
{
  static const AdwResponseAppearance appearances[] = {
    [SEM_ANSWER_PLAIN] = ADW_RESPONSE_DEFAULT,
    [SEM_ANSWER_SUGGESTED] = ADW_RESPONSE_SUGGESTED,
    [SEM_ANSWER_DESTRUCTIVE] = ADW_RESPONSE_DESTRUCTIVE,
  };
  Question *question = g_new0 (Question, 1);
#if ADW_CHECK_VERSION(1, 5, 0)
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);
#else
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
#endif

  question->callback = callback;
  question->user_data = g_object_ref (user_data);
  for (gsize i = 0; i < n_answers; i++)
    {
      MESSAGE (add_response) (MESSAGE_CAST (dialog), answers[i].id, _ (answers[i].label));
      MESSAGE (set_response_appearance)
      (MESSAGE_CAST (dialog), answers[i].id, appearances[answers[i].kind]);
      if (answers[i].kind == SEM_ANSWER_SUGGESTED)
        MESSAGE (set_default_response) (MESSAGE_CAST (dialog), answers[i].id);
    }
  MESSAGE (set_close_response) (MESSAGE_CAST (dialog), answers[0].id);
  g_signal_connect_data (dialog, "response", G_CALLBACK (question_response_cb), question,
                         question_free, 0);
#if ADW_CHECK_VERSION(1, 5, 0)
  adw_dialog_present (dialog, GTK_WIDGET (parent));
#else
  gtk_window_present (GTK_WINDOW (dialog));
#endif
}

/* --- about
 * ---------------------------------------------------------------------------------------- */

void
sem_compat_show_about (GtkWindow *parent)
{
  static const char *const developers[] = { "Semblance contributors", NULL };
  const char *comments = _ (
      "See what a language model does with words: tokens, ids, vectors, similarity and a map.");
  /* Translators: your name, one a line */
  const char *credits = _ ("translator-credits");

  if (g_str_equal (credits, "translator-credits"))
    credits = "";
  /* Run from the build tree the icon is not among the installed ones. */
  gtk_icon_theme_add_search_path (
      gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (parent))),
      SEM_SOURCE_DATADIR "/icons");
#if ADW_CHECK_VERSION(1, 5, 0)
  AdwDialog *about = adw_about_dialog_new ();
#else
  GtkWidget *about = adw_about_window_new ();
#endif

  g_object_set (about, "application-name", "Semblance", "application-icon", SEM_APP_ID, "version",
                SEM_VERSION, "developers", developers, "developer-name",
                _ ("The Semblance contributors"), "comments", comments, "license-type",
                GTK_LICENSE_GPL_3_0, "translator-credits", credits, NULL);
#if ADW_CHECK_VERSION(1, 5, 0)
  adw_about_dialog_add_legal_section (
      ADW_ABOUT_DIALOG (about), _ ("Built-in model"), NULL, GTK_LICENSE_CUSTOM,
      _ ("Trained by this project on text under CC BY-SA and public-domain texts; "
         "the model is under CC BY-SA 4.0.  Its model card credits every source."));
  adw_dialog_present (about, GTK_WIDGET (parent));
#else
  adw_about_window_add_legal_section (
      ADW_ABOUT_WINDOW (about), _ ("Built-in model"), NULL, GTK_LICENSE_CUSTOM,
      _ ("Trained by this project on text under CC BY-SA and public-domain texts; "
         "the model is under CC BY-SA 4.0.  Its model card credits every source."));
  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  gtk_window_present (GTK_WINDOW (about));
#endif
}

/* --- preferences
 * ------------------------------------------------------------------------------------ */

void
sem_compat_present_preferences (GtkWindow *parent, AdwPreferencesPage *page)
{
#if ADW_CHECK_VERSION(1, 5, 0)
  AdwDialog *dialog = adw_preferences_dialog_new ();

  adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (dialog), page);
  gtk_widget_insert_action_group (GTK_WIDGET (dialog), "win", G_ACTION_GROUP (parent));
  adw_dialog_present (dialog, GTK_WIDGET (parent));
#else
  GtkWidget *window = adw_preferences_window_new ();

  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (parent));
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 640);
  gtk_window_present (GTK_WINDOW (window));
#endif
}

/* --- menus
 * ---------------------------------------------------------------------------------------- */

#if GTK_CHECK_VERSION(4, 10, 0)

/* GTK 4.18 names an item by its label and makes that label one for the eye alone, whose text it
 * then takes for none: the items of every menu are without a name.  With the role of a label it
 * lends it.  The shortcut is the item's in another way. */
static void
name_items (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget)
      && gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget))
             == GTK_ACCESSIBLE_ROLE_PRESENTATION
      && !g_str_equal (gtk_widget_get_css_name (widget), "accelerator"))
    {
      g_object_set (widget, "accessible-role", GTK_ACCESSIBLE_ROLE_LABEL, NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      gtk_label_get_text (GTK_LABEL (widget)), -1);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_items (child);
}

#endif

GtkWidget *
sem_compat_new_menu (GMenuModel *model)
{
  GtkWidget *menu = gtk_popover_menu_new_from_model (model);

#if GTK_CHECK_VERSION(4, 10, 0)
  name_items (menu);
#endif
  return menu;
}

/* --- where a widget is
 * ---------------------------------------------------------------------------------------- */

#if GTK_CHECK_VERSION(4, 10, 0)

/* GTK tells an assistive technology the place of a widget as a sum over its ancestors, each by its
 * border within the content of the one above.  What lies between a border and a content, the
 * padding of all ancestors, is missing: a screen reader that follows the pointer or a magnifier
 * that follows the focus is led astray, here by up to 40 pixels.  Said from border to border the
 * sum is right.  (So in 4.18 and after; in 4.8 it is right.) */
static gboolean
get_bounds_cb (GtkAccessible *accessible, int *x, int *y, int *width, int *height)
{
  GtkWidget *widget = GTK_WIDGET (accessible);
  g_autoptr (GtkAccessible) parent = gtk_accessible_get_accessible_parent (accessible);
  GtkWidget *outer = GTK_IS_WIDGET (parent) ? GTK_WIDGET (parent) : widget;
  graphene_rect_t bounds, origin;

  if (!gtk_widget_get_realized (widget) || !gtk_widget_compute_bounds (widget, outer, &bounds)
      || !gtk_widget_compute_bounds (outer, outer, &origin))
    return FALSE;
  *x = (int)floorf (bounds.origin.x - origin.origin.x);
  *y = (int)floorf (bounds.origin.y - origin.origin.y);
  *width = (int)ceilf (bounds.size.width);
  *height = (int)ceilf (bounds.size.height);
  return TRUE;
}

void
sem_compat_mend_bounds (void)
{
  /* Classes with an interface of their own copy this one when they are made. */
  GtkWidgetClass *klass = g_type_class_ref (GTK_TYPE_WIDGET);
  GtkAccessibleInterface *interface = g_type_interface_peek (klass, GTK_TYPE_ACCESSIBLE);

  interface->get_bounds = get_bounds_cb;
  g_type_class_unref (klass);
}

#else

void
sem_compat_mend_bounds (void)
{
}

#endif

/* --- small things
 * --------------------------------------------------------------------------------- */

void
sem_compat_announce (GtkWidget *widget, const char *sentence)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), sentence,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#else
  (void)widget;
  (void)sentence;
#endif
}

void
sem_compat_scroll_to (GtkWidget *column_view, guint position)
{
#if GTK_CHECK_VERSION(4, 12, 0)
  gtk_column_view_scroll_to (GTK_COLUMN_VIEW (column_view), position, NULL, GTK_LIST_SCROLL_NONE,
                             NULL);
#else
  /* The action belongs to the list inside the column view. */
  for (GtkWidget *child = gtk_widget_get_first_child (column_view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_activate_action (child, "list.scroll-to-item", "u", position))
      return;
#endif
}
