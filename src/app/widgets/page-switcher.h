/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SemPageSwitcher: the pages' names in the header, one button each that activates win.page.  It looks as AdwViewSwitcher does;
 * that one makes a dozen widgets for every page, a narrow and a wide form of it, which was 7 % of the way to the first picture. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SEM_TYPE_PAGE_SWITCHER (sem_page_switcher_get_type ())
G_DECLARE_FINAL_TYPE (SemPageSwitcher, sem_page_switcher, SEM, PAGE_SWITCHER, GtkWidget)

/* title has a mnemonic. */
void sem_page_switcher_add (SemPageSwitcher *self, const char *id, const char *title, const char *icon_name);

G_END_DECLS
