/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only place that looks at GTK's or libadwaita's version: what was deprecated after GTK 4.8 / libadwaita 1.2 and has a
 * newer form.  Everything else keeps to what both have. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  SEM_CHOOSE_FILE,
  SEM_CHOOSE_FOLDER,
  SEM_CHOOSE_SAVE,
} SemChooseKind;

/* file: transfer full; NULL when it was cancelled. */
typedef void (*SemChooseFunc) (GFile *file, gpointer user_data);

typedef struct
{
  SemChooseKind kind;
  const char *title;
  const char *accept;         /* label of the button */
  const char *name;           /* suggested, for saving */
  const char *filter_name;    /* or NULL */
  const char *const *suffixes; /* of the filter, NULL-terminated, without the dot */
} SemChoose;

/* Shows a file chooser.  user_data must outlive it: it is an object, and a reference is kept until the answer. */
void sem_compat_choose_file (GtkWindow *parent, const SemChoose *choose, SemChooseFunc callback, GObject *user_data);

typedef enum
{
  SEM_ANSWER_PLAIN,
  SEM_ANSWER_SUGGESTED,
  SEM_ANSWER_DESTRUCTIVE,
} SemAnswerKind;

typedef struct
{
  const char *id;
  const char *label; /* untranslated, with a mnemonic */
  SemAnswerKind kind;
} SemAnswer;

/* Asks a question; the first answer is also that of Escape.  A reference to user_data is kept until the answer. */
typedef void (*SemAnswerFunc) (const char *id, gpointer user_data);
void sem_compat_ask (GtkWindow *parent,
                     const char *heading,
                     const char *body,
                     const SemAnswer *answers,
                     gsize n_answers,
                     SemAnswerFunc callback,
                     GObject *user_data);

/* Shows one page of preferences (taken over); actions of the parent window work in it. */
void sem_compat_present_preferences (GtkWindow *parent, AdwPreferencesPage *page);

void sem_compat_show_about (GtkWindow *parent);

/* Says a sentence to a screen reader where GTK can (4.14); else the sentence stands in the strip. */
void sem_compat_announce (GtkWidget *widget, const char *sentence);

/* A popover with a menu whose items have names for a screen reader. */
GtkWidget *sem_compat_new_menu (GMenuModel *model);

/* Before the first widget is made: lets widgets say where they really are, see compat.c. */
void sem_compat_mend_bounds (void);

/* Scrolls a column view to a row. */
void sem_compat_scroll_to (GtkWidget *column_view, guint position);

G_END_DECLS
