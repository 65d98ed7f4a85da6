/*
 * assets.h - the page's style and scripts, bound into the program.
 * Looks down on: nothing.
 */
#ifndef PARK_REPORT_ASSETS_H
#define PARK_REPORT_ASSETS_H

extern const char park_asset_style[], park_asset_script[], park_asset_charts[], park_asset_charts_notice[];

#endif
