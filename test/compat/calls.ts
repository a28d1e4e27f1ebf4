import type { Node, Operand, PipeNode, Tree } from '../../src/template/ast.js'

/**
 * The functions that templates call.
 *
 * @param trees parsed templates
 * @returns the names, each once
 */
export function calledFunctions (trees: Iterable<Tree>): Set<string> {
  const found = new Set<string>()
  for (const tree of trees) visit(tree.root, found)
  return found
}

function visit (node: Node, found: Set<string>): void {
  switch (node.type) {
    case 'list':
      for (const statement of node.nodes) visit(statement, found)
      break
    case 'action': case 'template':
      if (node.pipe !== undefined) visitPipe(node.pipe, found)
      break
    case 'if': case 'range': case 'with':
      visitPipe(node.pipe, found)
      visit(node.list, found)
      if (node.elseList !== undefined) visit(node.elseList, found)
      break
    default: // Every other node calls nothing.
  }
}

function visitPipe (pipe: PipeNode, found: Set<string>): void {
  for (const command of pipe.commands) {
    for (const operand of command.args) visitOperand(operand, found)
  }
}

function visitOperand (operand: Operand, found: Set<string>): void {
  if (operand.type === 'identifier') found.add(operand.name)
  else if (operand.type === 'pipe') visitPipe(operand, found)
  else if (operand.type === 'chain') visitOperand(operand.base, found)
}
