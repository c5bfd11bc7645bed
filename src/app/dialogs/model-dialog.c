/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page is built from the model's own list of facts, so that a new fact of a format needs a line
 * here only for its title.  It follows the document: choosing another tensor opens the model again,
 * and the page shows what came of it. */
#include "config.h"

#include "app/dialogs/model-dialog.h"

#include "app/widgets/popovers.h"

#include <glib/gi18n.h>

enum
{
  GROUP_MODEL,
  GROUP_VECTORS,
  GROUP_TOKENS,
  N_GROUPS
};

static const char *const group_titles[] = { N_ ("Model"), N_ ("Vectors"), N_ ("Tokens") };

static const struct
{
  const char *key; /* as sem_model_dup_facts() has it */
  const char *title;
  int group;
} facts[] = {
  { "family", N_ ("Family"), GROUP_MODEL },
  { "licence", N_ ("Licence"), GROUP_MODEL },
  { "path", N_ ("Place"), GROUP_MODEL },
  { "size", N_ ("File size"), GROUP_MODEL },
  { "hash", N_ ("Fingerprint"), GROUP_MODEL },
  { "format", N_ ("Format"), GROUP_VECTORS },
  { "tensor", N_ ("Tensor"), GROUP_VECTORS },
  { "choice", N_ ("Why this one"), GROUP_VECTORS },
  { "shape", N_ ("Shape"), GROUP_VECTORS },
  { "dtype", N_ ("Number format"), GROUP_VECTORS },
  { "matrix size", N_ ("Size of the matrix"), GROUP_VECTORS },
  { "header", N_ ("Header"), GROUP_VECTORS },
  { "weights", N_ ("Weights"), GROUP_VECTORS },
  { "mapping", N_ ("Mapping"), GROUP_VECTORS },
  { "factorised", N_ ("Factorised"), GROUP_VECTORS },
  { "unseen words", N_ ("Unseen words"), GROUP_VECTORS },
  { "vocabulary", N_ ("Vocabulary"), GROUP_TOKENS },
  { "tokenizer", N_ ("Tokenizer"), GROUP_TOKENS },
  { "special tokens", N_ ("Special tokens"), GROUP_TOKENS },
};

/* Values that are whole sentences of the core; the others are names and numbers. */
static const char *const sentences[] G_GNUC_UNUSED = {
  N_ ("its name is one by which input embeddings are known"),
  N_ ("the only matrix with one row for each token of the vocabulary"),
  N_ ("asked for by name"),
  N_ ("one per token, used when vectors are pooled"),
  N_ ("get the mean of their character n-grams"),
  N_ ("tokenizer only"),
};

typedef struct
{
  SemWindow *window;
  SemDocument *document;
  GtkWidget *dialog;
  GtkSizeGroup *titles; /* one width */
  AdwComboRow *tensors; /* borrowed, or NULL */
  gboolean updating;
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_object_unref (page->titles);
  g_object_unref (page->document);
  g_free (page);
}

/* --- rows
 * -------------------------------------------------------------------------------------- */

static GtkWidget *
new_label (const char *text, gboolean is_title)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), !is_title);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (is_title)
    gtk_widget_add_css_class (label, "dim-label");
  else
    {
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_widget_set_hexpand (label, TRUE);
    }
  return label;
}

static void
add_row (Page *page, AdwPreferencesGroup *group, const char *title, const char *value)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title_label = new_label (title, TRUE);
  g_autofree char *name = g_strdup_printf ("%s: %s", title, value);

  gtk_size_group_add_widget (page->titles, title_label);
  gtk_box_append (GTK_BOX (box), title_label);
  gtk_box_append (GTK_BOX (box), new_label (value, FALSE));
  gtk_widget_add_css_class (box, "fact");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_preferences_group_add (group, row);
}

static void
tensor_chosen_cb (AdwComboRow *row, GParamSpec *pspec, Page *page)
{
  SemModel *model = sem_document_get_model (page->document);
  GtkStringObject *item = adw_combo_row_get_selected_item (row);
  const char *name = item == NULL ? NULL : gtk_string_object_get_string (item);

  if (page->updating || name == NULL || g_strcmp0 (name, sem_model_get_tensor (model)) == 0)
    return;
  sem_window_open_tensor (page->window, sem_model_get_path (model), name);
}

static void
setup_tensor_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
bind_tensor_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *name = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (name));
}

/* Names of tensors differ in their middle or at their end: they are shown whole. */
static void
set_tensor_factory (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_tensor_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_tensor_cb), NULL);
  adw_combo_row_set_list_factory (row, factory);
  adw_combo_row_set_use_subtitle (row, TRUE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
}

/* Only where there is something to choose. */
static void
add_tensor_choice (Page *page, AdwPreferencesGroup *group, SemModel *model)
{
  const char *const *others = sem_model_get_candidates (model);
  g_autoptr (GtkStringList) names = NULL;

  page->tensors = NULL;
  if (sem_model_get_tensor (model) == NULL || others[0] == NULL)
    return;
  names = gtk_string_list_new (NULL);
  gtk_string_list_append (names, sem_model_get_tensor (model));
  for (gsize i = 0; others[i] != NULL; i++)
    gtk_string_list_append (names, others[i]);
  page->tensors = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (page->tensors), _ ("Embedding _matrix"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (page->tensors), TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (page->tensors),
                               _ ("Several tensors of this model could be it"));
  set_tensor_factory (page->tensors);
  adw_combo_row_set_model (page->tensors, G_LIST_MODEL (names));
  g_signal_connect (page->tensors, "notify::selected", G_CALLBACK (tensor_chosen_cb), page);
  adw_preferences_group_add (group, GTK_WIDGET (page->tensors));
}

/* --- the page
 * ---------------------------------------------------------------------------------- */

static gsize
find_fact (const char *key)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (facts) && g_strcmp0 (facts[i].key, key) != 0)
    i++;
  return i;
}

/* In the order of the table; what the table does not know comes with the model, under its own key.
 */
static void
add_facts (Page *page, AdwPreferencesGroup *groups[N_GROUPS], SemModel *model)
{
  g_autoptr (GPtrArray) list = sem_model_dup_facts (model);

  for (gsize i = 0; i <= G_N_ELEMENTS (facts); i++)
    for (guint j = 0; j < list->len; j++)
      {
        const SemModelFact *fact = g_ptr_array_index (list, j);

        if (find_fact (fact->key) != i)
          continue;
        if (i == G_N_ELEMENTS (facts))
          add_row (page, groups[GROUP_MODEL], fact->key, fact->value);
        else if (*fact->value != '\0')
          add_row (page, groups[facts[i].group], _ (facts[i].title), _ (fact->value));
      }
}

static GtkWidget *
new_content (Page *page)
{
  GtkWidget *content = adw_preferences_page_new ();
  SemModel *model = sem_document_get_model (page->document);
  AdwPreferencesGroup *groups[N_GROUPS];

  page->updating = TRUE;
  for (int i = 0; i < N_GROUPS; i++)
    {
      groups[i] = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
      adw_preferences_group_set_title (groups[i], _ (group_titles[i]));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (content), groups[i]);
    }
  add_row (page, groups[GROUP_MODEL], _ ("Name"), sem_model_get_name (model));
  if (sem_model_get_why_no_vectors (model) != NULL)
    {
      g_autofree char *why
          = g_strdup_printf (_ ("None: %s. The Tokens page works; Similarity, Map and Vectors stay "
                                "empty, because they show vectors."),
                             sem_model_get_why_no_vectors (model));

      add_row (page, groups[GROUP_VECTORS], _ ("Vectors"), why);
    }
  add_tensor_choice (page, groups[GROUP_VECTORS], model);
  add_facts (page, groups, model);
  page->updating = FALSE;
  return content;
}

static void
show_model (Page *page)
{
  GtkWidget *box = adw_window_get_content (ADW_WINDOW (page->dialog));
  GtkWidget *old = gtk_widget_get_last_child (box);
  GtkWidget *content = new_content (page);

  gtk_widget_set_vexpand (content, TRUE);
  if (!ADW_IS_HEADER_BAR (old))
    gtk_box_remove (GTK_BOX (box), old);
  gtk_box_append (GTK_BOX (box), content);
}

static void
changed_cb (SemDocument *document, guint flags, GtkWidget *dialog)
{
  Page *page = g_object_get_data (G_OBJECT (dialog), "sem-page");

  if (flags & SEM_CHANGED_MODEL)
    show_model (page);
  else if ((flags & SEM_CHANGED_STAGE) && page->tensors != NULL
           && sem_document_get_stage (document) != SEM_STAGE_LOADING)
    adw_combo_row_set_selected (page->tensors, 0); /* it was refused: the window has said why */
}

void
sem_model_dialog_present (SemWindow *window)
{
  Page *page = g_new0 (Page, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  page->window = window; /* outlives its dialog */
  page->document = g_object_ref (sem_window_get_document (window));
  page->titles = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  page->dialog = adw_window_new ();
  g_object_set_data_full (G_OBJECT (page->dialog), "sem-page", page, page_free);
  gtk_window_set_title (GTK_WINDOW (page->dialog), _ ("About This Model"));
  gtk_window_set_transient_for (GTK_WINDOW (page->dialog), GTK_WINDOW (window));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (page->dialog), TRUE);
  gtk_window_set_modal (GTK_WINDOW (page->dialog), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (page->dialog), 560, 680);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_window_set_content (ADW_WINDOW (page->dialog), box);
  show_model (page);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (page->dialog, keys);
  g_signal_connect_object (page->document, "changed", G_CALLBACK (changed_cb), page->dialog, 0);
  sem_popovers_close_with (GTK_WINDOW (page->dialog));
  gtk_window_present (GTK_WINDOW (page->dialog));
}
