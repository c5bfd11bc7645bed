/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands, one function per cmd-NAME.c, called by main.c with argv[0] the command's name. */
#pragma once

int sem_cmd_train (int argc, char **argv);
