/**
 * Window definitions and the algorithms that aggregate them.
 *
 * <table>
 * <caption>n samples in a window, p slices in a window (size ÷ slide), s open sessions</caption>
 * <tr><th>windows</th><th>algorithm</th><th>order</th><th>time per sample</th><th>space</th>
 * <th>paper</th></tr>
 * <tr><td>sliding count</td><td>two stacks lite over centred moments</td><td>arrival</td>
 * <td>O(1) amortized, O(n) at worst</td><td>at most 4.5 doubles per sample</td>
 * <td>Tangwongsan, Hirzel, Schneider, "In-order sliding-window aggregation in worst-case constant time", 2021</td></tr>
 * <tr><td>hopping, tumbling</td><td>slices that all windows share, two stacks lite over the
 * settled ones</td><td>event time; any order within the allowed disorder</td><td>O(1) amortized per
 * sample and slide; O(p) for a sample later than the allowed disorder</td><td>at most 19 doubles
 * per slice</td><td>Li et al., "No pane, no gain", 2005; Traub et al., "Scotty", 2019</td></tr>
 * <tr><td>session</td><td>merging neighbours</td><td>event time, any</td><td>O(s)</td><td>O(s)</td>
 * <td>Akidau et al., "The dataflow model", 2015</td></tr>
 * <tr><td>tumbling count, total</td><td>one running aggregate</td><td>arrival</td><td>O(1)</td>
 * <td>O(1)</td><td>Chan, Golub, LeVeque, 1979; Pébay, 2008</td></tr>
 * </table>
 *
 * <p>Nothing is subtracted anywhere: what is aggregated are monoids, and their types have no minus.
 */
@NullMarked
package io.thalweg.domain.window;

import org.jspecify.annotations.NullMarked;
