/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The title row; the second half of the title follows the document. */
#include "config.h"

#include "app/widgets/card.h"

#include "app/widgets/card-header.h"
#include "doc/describe.h"

#include <glib/gi18n.h>
#include <string.h>

struct _SemCard
{
  GtkBox parent_instance;

  GtkWidget *header; /* borrowed: a child */
  GtkLabel *label;   /* borrowed: in the header */

  SemDocument *document;
  char *title;
  char *about;            /* "between %s" */
  gboolean counts;        /* everything that can be counted in the text instead */
  gboolean names_measure; /* the title is what the heatmap's numbers are */
};

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_TITLE,
  PROP_ABOUT,
  PROP_COUNTS,
  PROP_NAMES_MEASURE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

static void
sem_card_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  SemCard *self = SEM_CARD (buildable);

  if (g_strcmp0 (type, "control") == 0)
    sem_card_header_append (SEM_CARD_HEADER (self->header), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = sem_card_add_child;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SemCard,
                               sem_card,
                               GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static char *
dup_about (SemCard *self)
{
  SemAnalysis *analysis
      = self->document == NULL ? NULL : sem_document_get_analysis (self->document);
  g_autofree char *units = NULL;
  g_auto (GStrv) parts = NULL;

  if (self->counts && analysis != NULL)
    return sem_describe_counts (analysis);
  if (self->about == NULL || analysis == NULL)
    return g_strdup ("");
  units = sem_describe_units (sem_units_get_kind (sem_analysis_get_units (analysis)),
                              sem_analysis_get_n (analysis));
  parts = g_strsplit (self->about, "%s", 2);
  return g_strconcat (parts[0], parts[1] == NULL ? NULL : units, parts[1] == NULL ? "" : parts[1],
                      NULL);
}

static const char *
get_title (SemCard *self)
{
  static const char *const measures[] = { [SEM_METRIC_COSINE] = N_ ("Cosine similarity"),
                                          [SEM_METRIC_DOT] = N_ ("Dot product"),
                                          [SEM_METRIC_EUCLIDEAN] = N_ ("Euclidean distance") };
  SemAnalysis *analysis
      = self->document == NULL ? NULL : sem_document_get_analysis (self->document);

  if (self->names_measure)
    return _ (measures[analysis == NULL ? SEM_METRIC_COSINE
                                        : sem_analysis_get_options (analysis)->metric]);
  return self->title == NULL ? "" : self->title;
}

static void
update_label (SemCard *self)
{
  g_autofree char *about = dup_about (self);
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s</b> <span alpha=\"65%%\">%s</span>",
                                                     get_title (self), about);

  gtk_label_set_markup (self->label, markup);
}

static void
changed_cb (SemDocument *document, guint flags, SemCard *self)
{
  if (flags & SEM_CHANGED_ANALYSIS)
    update_label (self);
}

static void
sem_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SemCard *self = SEM_CARD (object);

  switch (id)
    {
    case PROP_DOCUMENT:
      if (self->document != NULL)
        g_signal_handlers_disconnect_by_data (self->document, self);
      g_set_object (&self->document, g_value_get_object (value));
      if (self->document != NULL)
        g_signal_connect_object (self->document, "changed", G_CALLBACK (changed_cb), self, 0);
      break;
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      break;
    case PROP_ABOUT:
      g_free (self->about);
      self->about = g_value_dup_string (value);
      break;
    case PROP_COUNTS:
      self->counts = g_value_get_boolean (value);
      break;
    case PROP_NAMES_MEASURE:
      self->names_measure = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  update_label (self);
}

static void
sem_card_dispose (GObject *object)
{
  SemCard *self = SEM_CARD (object);

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (sem_card_parent_class)->dispose (object);
}

static void
sem_card_finalize (GObject *object)
{
  g_free (SEM_CARD (object)->title);
  g_free (SEM_CARD (object)->about);
  G_OBJECT_CLASS (sem_card_parent_class)->finalize (object);
}

static void
sem_card_class_init (SemCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = sem_card_set_property;
  object_class->dispose = sem_card_dispose;
  object_class->finalize = sem_card_finalize;
  properties[PROP_DOCUMENT]
      = g_param_spec_object ("document", NULL, NULL, SEM_TYPE_DOCUMENT, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_COUNTS] = g_param_spec_boolean ("counts", NULL, NULL, FALSE, flags);
  properties[PROP_NAMES_MEASURE] = g_param_spec_boolean ("names-measure", NULL, NULL, FALSE, flags);
  properties[PROP_ABOUT] = g_param_spec_string ("about", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sem_card_init (SemCard *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "picture-card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  self->header = sem_card_header_new (label);
  gtk_widget_add_css_class (self->header, "card-header");
  self->label = GTK_LABEL (label);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (self), self->header);
}
