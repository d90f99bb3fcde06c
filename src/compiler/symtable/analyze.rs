//! The second pass of the symbol table: decides how each name of each block is looked up.
//!
//! A block is analysed before its children, so that a child can ask its ancestors who binds a name; the names that
//! turn out to be free in the children then come back up and make the binding block's locals cells. Comprehensions
//! other than generator expressions are merged into the block around them on the way back (PEP 709).

use std::rc::Rc;

use coil_grammar::error::SyntaxErrorKind;
use coil_grammar::span::Span;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::super::errors::{error, error_nowhere};
use super::super::{CompileError, CompileResult};
use super::{ComprehensionKind, NameSet, Resolution, Scope, ScopeId, ScopeKind, Symbol, SymbolTable, usage};

/// Decisions about the names of one block, before they are written into it.
type Resolutions = IndexMap<Rc<str>, Resolution, FxBuildHasher>;

/// The blocks around the one being analysed, innermost last, each with its decisions.
type Ancestors = Vec<(ScopeId, Resolutions)>;

impl SymbolTable {
    /// Resolves every name of every block.
    pub(super) fn analyze(&mut self) -> CompileResult<()> {
        let mut ancestors = Ancestors::new();
        self.analyze_block(Self::ROOT, &mut ancestors, None)?;
        Ok(())
    }

    /// Analyses one block and those inside it; returns the names that are free in it.
    fn analyze_block(
        &mut self,
        id: ScopeId,
        ancestors: &mut Ancestors,
        class: Option<ScopeId>,
    ) -> CompileResult<NameSet> {
        let mut resolutions = Resolutions::default();
        let mut free = NameSet::default();
        for (name, symbol) in &self.scope(id).symbols {
            let resolution = self.resolve(id, name, *symbol, ancestors, class)?;
            if resolution == Resolution::Free {
                free.insert(Rc::clone(name));
            }
            resolutions.insert(Rc::clone(name), resolution);
        }

        ancestors.push((id, resolutions));
        // Names that inlined comprehensions bring along; other children do not see them.
        let mut brought = Resolutions::default();
        let mut inlined_cells = NameSet::default();
        let children = std::mem::take(&mut self.scope_mut(id).children);
        let mut kept = Vec::with_capacity(children.len());
        for child in children {
            let (child_kind, child_generator, child_sees_class) = {
                let scope = self.scope(child);
                (scope.comprehension, scope.generator, scope.can_see_class_scope)
            };
            let child_class = match child_sees_class {
                true if self.scope(id).kind == ScopeKind::Class => Some(id),
                true => class,
                false => None,
            };
            let mut child_free = self.analyze_block(child, ancestors, child_class)?;
            let inlined = child_kind.is_some_and(|kind| kind != ComprehensionKind::Generator)
                && !child_generator
                && !self.scope(id).can_see_class_scope;
            if inlined {
                self.inline_comprehension(id, child, &mut brought, &mut child_free, &mut inlined_cells);
                // Its children are this block's now.
                kept.append(&mut self.scope_mut(child).children);
            } else {
                kept.push(child);
            }
            free.extend(child_free);
        }
        self.scope_mut(id).children = kept;
        let Some((_, mut resolutions)) = ancestors.pop() else { return Ok(free) };
        resolutions.extend(brought);

        let scope = self.scope(id);
        let (kind, sees_class) = (scope.kind, scope.can_see_class_scope);
        if kind.is_function_like() {
            make_cells(&mut resolutions, &mut free, &inlined_cells);
        } else if kind == ScopeKind::Class {
            let scope = self.scope_mut(id);
            scope.needs_class_closure |= free.remove("__class__");
            scope.needs_class_dict |= free.remove("__classdict__");
        }
        self.record(id, &resolutions, &free, &inlined_cells, kind == ScopeKind::Class || sees_class);
        Ok(free)
    }

    /// How one name of a block is looked up, as far as its ancestors decide.
    fn resolve(
        &self,
        id: ScopeId,
        name: &Rc<str>,
        symbol: Symbol,
        ancestors: &Ancestors,
        class: Option<ScopeId>,
    ) -> CompileResult<Resolution> {
        let scope = self.scope(id);
        if symbol.has(usage::GLOBAL) {
            if symbol.has(usage::NONLOCAL) {
                return Err(directive_error(
                    scope,
                    name,
                    SyntaxErrorKind::NonlocalAndGlobal { name: name.to_string() },
                ));
            }
            return Ok(Resolution::GlobalExplicit);
        }
        if symbol.has(usage::NONLOCAL) {
            if ancestors.is_empty() {
                return Err(directive_error(scope, name, SyntaxErrorKind::NonlocalAtModuleLevel));
            }
            let Some(binder) = self.binder(name, ancestors) else {
                return Err(directive_error(
                    scope,
                    name,
                    SyntaxErrorKind::NoBindingForNonlocal { name: name.to_string() },
                ));
            };
            if self.scope(binder).symbol(name).has(usage::TYPE_PARAM) {
                let kind = SyntaxErrorKind::NonlocalTypeParameter { name: name.to_string() };
                return Err(directive_error(scope, name, kind));
            }
            return Ok(Resolution::Free);
        }
        if symbol.has(usage::BOUND) {
            return Ok(Resolution::Local);
        }
        // An annotation scope in a class sees the class's names first. Where the class binds the name, the function
        // around the class is passed over: the run-time lookup goes from the class to the globals.
        if let Some(class) = class {
            let in_class = self.scope(class).symbol(name);
            if in_class.has(usage::GLOBAL) {
                return Ok(Resolution::GlobalExplicit);
            }
            if in_class.has(usage::BOUND) && !in_class.has(usage::NONLOCAL) {
                return Ok(Resolution::GlobalImplicit);
            }
        }
        Ok(match self.binder(name, ancestors) {
            Some(_) => Resolution::Free,
            None => Resolution::GlobalImplicit,
        })
    }

    /// The innermost enclosing block whose variable `name` an inner block sees.
    fn binder(&self, name: &str, ancestors: &Ancestors) -> Option<ScopeId> {
        for (id, resolutions) in ancestors.iter().rev() {
            let kind = self.scope(*id).kind;
            if kind == ScopeKind::Class {
                if name == "__class__" || name == "__classdict__" {
                    return Some(*id);
                }
            } else {
                match resolutions.get(name) {
                    Some(Resolution::Local | Resolution::Cell) if kind.is_function_like() => return Some(*id),
                    Some(Resolution::GlobalExplicit) => return None,
                    Some(Resolution::Local | Resolution::Cell | Resolution::GlobalImplicit | Resolution::Free)
                    | None => {}
                }
            }
        }
        None
    }

    /// Merges the names of a comprehension into the block around it.
    fn inline_comprehension(
        &mut self,
        id: ScopeId,
        comprehension: ScopeId,
        resolutions: &mut Resolutions,
        comp_free: &mut NameSet,
        inlined_cells: &mut NameSet,
    ) {
        self.scope_mut(comprehension).comp_inlined = true;
        let outer_is_class = self.scope(id).kind == ScopeKind::Class;
        let symbols: Vec<(Rc<str>, Symbol)> =
            self.scope(comprehension).symbols.iter().map(|(name, symbol)| (Rc::clone(name), *symbol)).collect();
        for (name, symbol) in symbols {
            if symbol.has(usage::PARAM) {
                continue;
            }
            let mut resolution = symbol.resolution.unwrap_or(Resolution::GlobalImplicit);
            // `__class__` in a comprehension of a class body would be the class's own cell, which is empty yet: as in
            // a comprehension that is not inlined, the name is a global there.
            if resolution == Resolution::Free && outer_is_class && &*name == "__class__" {
                resolution = Resolution::GlobalImplicit;
                comp_free.remove(&name);
                self.scope_mut(comprehension).symbols.shift_remove(&name);
            }
            if resolution == Resolution::Cell || symbol.has(usage::COMP_CELL) {
                inlined_cells.insert(Rc::clone(&name));
            }
            let existing = self.scope(id).symbols.get(&name).copied();
            match existing {
                None => {
                    let copied = Symbol { usage: symbol.usage, resolution: None };
                    self.scope_mut(id).symbols.insert(Rc::clone(&name), copied);
                    resolutions.insert(name, resolution);
                }
                // What is free in the comprehension and local here is simply local now, unless a function inside the
                // comprehension needs it too.
                Some(outer) if outer.has(usage::BOUND) && !outer_is_class => {
                    if !self.is_free_in_a_child(comprehension, &name) {
                        comp_free.remove(&name);
                    }
                }
                Some(_) => {}
            }
        }
    }

    fn is_free_in_a_child(&self, id: ScopeId, name: &str) -> bool {
        self.scope(id).children.iter().any(|child| self.scope(*child).symbol(name).resolution == Some(Resolution::Free))
    }

    /// Writes the decisions into the block and adds the free names that only its children use.
    fn record(
        &mut self,
        id: ScopeId,
        resolutions: &Resolutions,
        free: &NameSet,
        inlined_cells: &NameSet,
        class_like: bool,
    ) {
        let is_root = id == Self::ROOT;
        let scope = self.scope_mut(id);
        for (name, symbol) in &mut scope.symbols {
            if inlined_cells.contains(name) {
                symbol.usage |= usage::COMP_CELL;
            }
            symbol.resolution = resolutions.get(name).copied();
        }
        let mut passing: Vec<&Rc<str>> = free.iter().collect();
        passing.sort();
        for name in passing {
            match scope.symbols.get_mut(name) {
                Some(symbol) if class_like => symbol.usage |= usage::FREE_CLASS,
                Some(_) => {}
                None if is_root => {}
                None => {
                    let symbol = Symbol { usage: 0, resolution: Some(Resolution::Free) };
                    scope.symbols.insert(Rc::clone(name), symbol);
                }
            }
        }
    }
}

/// Locals that inner functions use become cells, and stop being free above.
fn make_cells(resolutions: &mut Resolutions, free: &mut NameSet, inlined_cells: &NameSet) {
    for (name, resolution) in resolutions.iter_mut() {
        if *resolution == Resolution::Local && (free.contains(name) || inlined_cells.contains(name)) {
            *resolution = Resolution::Cell;
            free.remove(name);
        }
    }
}

/// An error at the `global` or `nonlocal` statement that names `name`.
fn directive_error(scope: &Scope, name: &str, kind: SyntaxErrorKind) -> CompileError {
    let place: Option<Span> = scope.directives.iter().find(|(declared, _)| &**declared == name).map(|(_, span)| *span);
    match place {
        Some(span) => error(kind, span),
        None => error_nowhere(kind),
    }
}
