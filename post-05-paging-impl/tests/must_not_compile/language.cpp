// C++ features that the kernel does not have, because they need a runtime library.

struct Animal {
    virtual void speak();
};
struct Cat : Animal {};

void thrown() {
    throw 1; // must not compile: exception
}

Cat* as_cat(Animal* animal) {
    Cat* cat = static_cast<Cat*>(animal);
    cat = dynamic_cast<Cat*>(animal); // must not compile: rtti
    return cat;
}
